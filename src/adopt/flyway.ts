import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { isAtMost } from './at-most.js'
import { crc32 } from './crc32.js'
import type { Checked, Compared, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'

/**
 * The newest row of a version counts, by rank; undone and deleted ones count no more. A baseline stands for all up to it.
 * The checksum is the CRC-32 over the lines without their ends.
 */
export const flyway: ForeignTool = {
  title: 'Flyway',
  table: {
    names: ['flyway_schema_history'],
    columns: ['installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'success'],
  },
  select: (table) => ({
    values: [
      'version',
      'type',
      'script',
      'checksum',
      'success',
      isoTime('installed_on'),
      'execution_time',
      'installed_by',
    ],
    from: `(
  SELECT DISTINCT ON (coalesce(version, script)) * FROM ${table} ORDER BY coalesce(version, script), installed_rank DESC) newest
WHERE type NOT IN ('SCHEMA', 'DELETE') AND NOT (success AND type LIKE 'UNDO%') ORDER BY installed_rank`,
  }),
  compare: (rows, files) => {
    const found = rows.map(rowOf)
    const baseline = found.find(({ isBaseline }) => isBaseline)
    const migrations = found.filter(({ isBaseline }) => !isBaseline).map(({ row }) => row)
    const compared = matchByKey(migrations, files, { keyOf, check, whyMissing })
    return compared.map((one) => (baseline ? belowBaseline(one, baseline.row) : againIfChanged(one)))
  },
}

interface Found {
  readonly row: ForeignRow
  readonly isBaseline: boolean
}

function rowOf([version, type, script, checksum, success, at, ms, by]: readonly (string | null)[]): Found {
  const isDone = success === 'true'
  const row: ForeignRow = {
    key: version == null ? repeatable(script ?? '') : versionKey(version),
    label: script || (version ?? ''),
    state: isDone ? 'applied' : 'failed',
    ...(isDone ? {} : { note: 'its row says that it did not succeed' }),
    ...(checksum == null ? {} : { checksum }),
    ...whenAndWho({ at, ms, by }),
  }
  return { row, isBaseline: /BASELINE/.test(type ?? '') }
}

/** `R__views`, of `sql/R__views.sql`. */
function repeatable(script: string): string {
  return (script.split('/').at(-1) ?? script).replace(/\.sql$/, '')
}

function keyOf(file: MigrationFile): string {
  return isRepeatable(file) ? repeatable(file.name) : versionKey(file.version.replaceAll('_', '.'))
}

function isRepeatable({ name }: MigrationFile): boolean {
  return /(^|\/)R__/.test(name)
}

function check({ text }: MigrationFile, { checksum }: ForeignRow): Checked {
  if (checksum === undefined) return 'unknown'
  const lines = text.split(/\r\n|\r|\n/).map((line) => Buffer.from(line))
  return crc32(lines) === Number(checksum) ? 'same' : 'edited'
}

function whyMissing({ label }: ForeignRow): string | undefined {
  return /\.sql$/.test(label) ? undefined : 'it is no SQL file'
}

/** A repeatable file is meant to be changed, and runs again then. */
function againIfChanged(compared: Compared): Compared {
  const { kind, file } = compared
  return kind === 'edited' && file && isRepeatable(file)
    ? { kind: 'pending', file, isChecked: true, note: 'it was changed since it ran last' }
    : compared
}

/** What is at the baseline or below was there before Flyway was, and is never run. */
function belowBaseline(compared: Compared, baseline: ForeignRow): Compared {
  const { kind, file } = compared
  if (kind !== 'pending' || !file || isRepeatable(file) || !isAtMost(keyOf(file), baseline.key))
    return againIfChanged(compared)
  const row = { ...baseline, key: keyOf(file), label: file.version }
  return {
    kind: 'applied',
    file,
    row,
    isChecked: false,
    note: `it is not above the baseline ${baseline.key}`,
  }
}
