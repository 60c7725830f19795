import { atOnce } from '../model/at-once.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { excerpt } from '../sql/excerpt.js'
import { positionOf } from '../sql/position.js'
import { makingChecksums } from './checksum.js'
import { decodeText } from './decode-text.js'
import { findingDownSection } from './find-down-section.js'
import { findNoStatement } from './find-no-statement.js'
import { parseHead } from './parse-head.js'
import type { Candidate } from './sort-migrations.js'

/** A migration from its bytes, with what is wrong in it; without a text that can be trusted there is no candidate. */
export function makeCandidate(named: Named, bytes: Uint8Array): Made {
  return atOnce(makingCandidate(named, bytes))
}

type Named = Pick<MigrationFile, 'name' | 'path' | 'version' | 'style'>

interface Made {
  readonly candidate?: Candidate
  readonly findings: readonly Finding[]
}

/** {@link makeCandidate} with pauses where the file is large. */
export function* makingCandidate(named: Named, bytes: Uint8Array): Generator<undefined, Made> {
  const decoded = decodeText(bytes)
  if (bytes.length > LARGE) yield
  if ('rule' in decoded) return { findings: [{ ...decoded, severity: 'error', file: named.path }] }
  const { text } = decoded
  const { up, strayUp } = yield* findingDownSection(text)
  // Only comments ask for anything.
  const head = /--|\/\*/.test(text) ? parseHead(text.slice(0, up.end)) : EMPTY_HEAD
  const mistakes = [...head.mistakes, ...(strayUp ? [downBeforeUp(strayUp)] : [])]
  const { checksum, otherChecksums } = yield* makingChecksums(bytes, text)
  const { name, path, version, style } = named
  const { directives, needs } = head
  // Spreading two objects into a third takes longer than reading the file.
  const file = { version, name, path, style, text, up, checksum, otherChecksums, directives, dependsOn: [] }
  return {
    candidate: { file, needs },
    findings: [
      ...mistakes.map(({ span, ...mistake }) => ({
        ...mistake,
        severity: 'error' as const,
        ...place(file, span),
      })),
      ...(mistakes.length === 0 ? findNoStatement(file) : []),
    ],
  }
}

/** Bytes. */
const LARGE = 1024 * 1024

const EMPTY_HEAD = parseHead('')

/** Where in a file a finding is. */
export function place(
  { path, text }: Pick<MigrationFile, 'path' | 'text'>,
  span: Span,
): Required<Pick<Finding, 'file' | 'position' | 'excerpt'>> {
  const position = positionOf(text, span)
  return { file: path, position, excerpt: excerpt(text, position) }
}

function downBeforeUp(span: Span) {
  return {
    rule: 'down-before-up',
    span,
    message: 'The up part comes after the down part, and what comes after a down marker is never applied.',
    help: 'Put the up part first.',
  }
}
