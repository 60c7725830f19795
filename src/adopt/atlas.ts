import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { isAtMost } from './at-most.js'
import type { Checked, Compared, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'

/**
 * The hash of a row is over names and bytes of all files up to it, so it tells of an edit in any of them. `applied` below
 * `total`: it was left half done. A baseline stands for all up to it.
 */
export const atlas: ForeignTool = {
  title: 'Atlas',
  table: {
    names: ['atlas_schema_revisions'],
    columns: [
      'version',
      'description',
      'type',
      'applied',
      'total',
      'executed_at',
      'hash',
      'operator_version',
    ],
  },
  select: (table) => ({
    values: [
      'version',
      'description',
      'type',
      'applied',
      'total',
      isoTime('executed_at'),
      'execution_time / 1000000',
      "coalesce(error, '') <> ''",
      'hash',
    ],
    from: `${table} WHERE version <> '.atlas_cloud_identifier' ORDER BY version COLLATE "C"`,
  }),
  compare: (rows, files) => {
    const found = rows.map(rowOf)
    const sums = runningSums(files)
    const compared = matchByKey(
      found.map(({ row }) => row),
      files,
      { keyOf, check: (file, row) => check(sums.get(file.name), row) },
    )
    const baseline = found.find(({ isBaseline }) => isBaseline)?.row
    return baseline ? compared.flatMap((one) => atBaseline(one, baseline)) : compared
  },
}

interface Found {
  readonly row: ForeignRow
  readonly isBaseline: boolean
}

function rowOf([version, description, type, applied, total, at, ms, error, hash]: readonly (
  | string
  | null
)[]): Found {
  const isHalf = Number(applied ?? 0) < Number(total ?? 0) || error === 'true'
  const note = `${applied ?? '0'} of its ${total ?? '?'} statements are done`
  const row: ForeignRow = {
    key: versionKey(version ?? ''),
    label: [version, description].filter(Boolean).join('_'),
    state: isHalf ? 'failed' : 'applied',
    ...(isHalf ? { note } : {}),
    ...(hash ? { checksum: hash } : {}),
    ...whenAndWho({ at, ms }),
  }
  return { row, isBaseline: (Number(type ?? 0) & BASELINE) !== 0 }
}

/** Of the flags in `type`. */
const BASELINE = 1

function keyOf({ name, version }: MigrationFile): string {
  return versionKey(/^\d+/.exec(name)?.[0] ?? version)
}

function runningSums(files: readonly MigrationFile[]): ReadonlyMap<string, string> {
  const hash = createHash('sha256')
  const sums = new Map<string, string>()
  const inOrder = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  for (const { name, text } of inOrder) {
    hash.update(name)
    if (/^[ -~]*atlas:sum +ignore *$/m.test(text.split('\n', 1)[0] ?? '')) continue
    hash.update(text)
    sums.set(name, hash.copy().digest('base64'))
  }
  return sums
}

function check(sum: string | undefined, { checksum }: ForeignRow): Checked {
  if (checksum === undefined || sum === undefined) return 'unknown'
  return sum === checksum.replace(/^h1:/, '') ? 'same' : 'edited'
}

/** Files up to the baseline were there before Atlas was; the row itself need not have one. */
function atBaseline(compared: Compared, baseline: ForeignRow): Compared[] {
  const { kind, file, row } = compared
  if (kind === 'missing' && row?.key === baseline.key) return []
  if (kind !== 'pending' || !file || !isAtMost(keyOf(file), baseline.key)) return [compared]
  const below = { ...baseline, key: keyOf(file), label: file.version }
  const note = `it is not above the baseline ${baseline.key}`
  return [{ kind: 'applied', file, row: below, isChecked: false, note }]
}
