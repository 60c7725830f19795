import type { MigrationFile } from '../model/migration.js'
import { makeChecksums } from './checksum.js'
import { parseHead } from './parse-head.js'

/**
 * The down section of a file as a file of its own, where it has one. What stands before it is spaces there, so that every
 * place in it is one of the file.
 */
export function makeDownSection(file: MigrationFile): MigrationFile | undefined {
  const { text, up } = file
  if (up.end >= text.length) return undefined
  const section = text.slice(up.end)
  const { directives } = parseHead(section)
  const bytes = Buffer.from(section)
  const { checksum, otherChecksums } = makeChecksums(bytes, section)
  const { secrets: _, ...rest } = file
  return {
    ...rest,
    text: text.slice(0, up.end).replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length)) + section,
    up: { start: up.end, end: text.length },
    checksum,
    otherChecksums,
    directives: {
      ...directives,
      noTransaction: directives.noTransaction || OUTSIDE.test(section) || WHOLE.test(text),
    },
    dependsOn: [],
  }
}

/** dbmate and sql-migrate say it of each part; goose of both. */
const OUTSIDE =
  /^\s*--\s*(?:migrate:down\s(?:.*\s)?transaction:\s*false\b|\+migrate\s+down\s(?:.*\s)?notransaction\b)/i
const WHOLE = /^--\s*\+goose\s+no\s+transaction\b/im
