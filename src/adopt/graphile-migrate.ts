import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import type { Checked, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'

/** Each hash is over the one before and the text below the headers, so that a row is checked without the other files. */
export const graphileMigrate: ForeignTool = {
  title: 'graphile-migrate',
  table: { names: ['migrations'], columns: ['hash', 'previous_hash', 'filename', 'date'], exact: true },
  select: (table) => ({
    values: ['filename', 'hash', "coalesce(previous_hash, '')", isoTime('date')],
    from: `${table} ORDER BY filename`,
  }),
  compare: (rows, files) => {
    const before = new Map(rows.map(([, hash, previous]) => [hash ?? '', previous ?? '']))
    return matchByKey(rows.map(rowOf), files, {
      keyOf: ({ name }) => /^\d+/.exec(name)?.[0],
      check: (file, row) => check(file, row.checksum ?? '', before.get(row.checksum ?? '') ?? ''),
    })
  },
}

function rowOf([filename, hash, , at]: readonly (string | null)[]): ForeignRow {
  const label = filename ?? ''
  return {
    key: /^\d+/.exec(label)?.[0] ?? label,
    label,
    state: 'applied',
    ...(hash ? { checksum: hash } : {}),
    ...whenAndWho({ at }),
  }
}

function check({ text }: MigrationFile, hash: string, previous: string): Checked {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const first = lines.findIndex((line) => !HEADER.test(line))
  const body = lines.slice(Math.max(first, 0)).join('\n').trim()
  // A person wrote into the file that its hash is wrong on purpose.
  if (lines.slice(0, Math.max(first, 0)).some((line) => /^--! AllowInvalidHash\b/.test(line)))
    return 'unknown'
  const digest = createHash('sha1')
    .update(`${`${previous}\n${body}`.trim()}\n`)
    .digest('hex')
  return hash === `sha1:${digest}` ? 'same' : 'edited'
}

const HEADER = /^--! [A-Z][a-zA-Z0-9_]*(?::.*)?$/
