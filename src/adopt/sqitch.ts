import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import type { Checked, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'
import { stemOf } from './stem-of.js'
import { textVariants } from './text-variants.js'

/**
 * Its scripts have no version: they are copied as `01_<change>.sql`, in the order of its plan. The hash is the SHA-1 of
 * the deploy script, so that a copy is known again whatever its number is.
 */
export const sqitch: ForeignTool = {
  title: 'Sqitch',
  table: { names: ['changes'], columns: ['change_id', 'script_hash', 'change', 'project', 'planner_name'] },
  select: (table) => ({
    values: ['change', 'script_hash', isoTime('committed_at'), 'committer_name'],
    from: `${table} ORDER BY committed_at, change`,
  }),
  compare: (rows, files) => {
    const found = numbered(rows.map(rowOf))
    const keys = keysOf(found, files)
    return matchByKey(found, files, {
      keyOf: (file) => keys.get(file),
      check,
      whyMissing: ({ label }) =>
        `copy deploy/${label}.sql as <number>_${label}.sql, in the order of its plan`,
    })
  },
}

function rowOf([change, hash, at, by]: readonly (string | null)[]): ForeignRow {
  const label = change ?? ''
  return {
    key: label,
    label,
    state: 'applied',
    ...(hash ? { checksum: hash } : {}),
    ...whenAndWho({ at, by }),
  }
}

/** A change that was reworked stands there more than once: `users`, `users#2`. */
function numbered(rows: readonly ForeignRow[]): ForeignRow[] {
  const times = new Map<string, number>()
  return rows.map((row) => {
    const time = (times.get(row.key) ?? 0) + 1
    times.set(row.key, time)
    return time === 1 ? row : { ...row, key: `${row.key}#${time}` }
  })
}

/** By its hash; else by its name. */
function keysOf(rows: readonly ForeignRow[], files: readonly MigrationFile[]): Map<MigrationFile, string> {
  const taken = new Map<MigrationFile, string>()
  const give = (row: ForeignRow, fits: (file: MigrationFile) => boolean) => {
    if ([...taken.values()].includes(row.key)) return
    const file = files.find((each) => !taken.has(each) && fits(each))
    if (file) taken.set(file, row.key)
  }
  for (const row of rows) give(row, (file) => nameOf(file) === row.label && check(file, row) === 'same')
  for (const row of rows) give(row, (file) => nameOf(file) === row.label)
  return taken
}

/** `users`, of `0003_users.sql`. */
function nameOf(file: MigrationFile): string {
  return stemOf(file).replace(/^\d+[_-]/, '')
}

function check(file: MigrationFile, { checksum }: ForeignRow): Checked {
  if (checksum === undefined) return 'unknown'
  const digest = (text: string) => createHash('sha1').update(text).digest('hex')
  return textVariants(file).some((text) => digest(text) === checksum) ? 'same' : 'edited'
}
