import type { AppliedRecord } from '../../model/history.js'
import type { MigrationFile } from '../../model/migration.js'
import type { RecordChange } from '../../model/record-change.js'
import type { InStep, MirroredRow, Side } from '../../model/sides.js'
import { type SupabaseRow, supabaseNameOf } from '../../model/supabase.js'
import { versionKey } from '../../model/version.js'
import { unwrapDown } from '../../sql/down-journal.js'
import { matchStatements } from '../../sql/match-statements.js'
import { splitStatements } from '../../sql/split-statements.js'
import { sha256Json } from '../sha256-json.js'

/** What two tables record of the same files. */
export interface TwoSides {
  /** Of the Supabase CLI's table; undefined where there is none. */
  readonly rows: readonly SupabaseRow[] | undefined
  readonly records: readonly AppliedRecord[]
  readonly files: readonly MigrationFile[]
  /** What is gone from the CLI's table is not applied any more. */
  readonly leads: boolean
}

/** Our records as they are when both are in step, and what brings them there. */
export interface Compared {
  readonly records: readonly AppliedRecord[]
  readonly step: InStep
}

/**
 * Compares our tracking table with the Supabase CLI's. What either has counts as applied. What the CLI applied is compared
 * by the statements that it kept: a file that was edited since has another checksum than its record, which is drift.
 */
export function compareSides({ rows: present, records, files, leads }: TwoSides): Compared {
  const rows = present ?? []
  const known: Known = {
    rows: new Map(rows.map((row) => [versionKey(row.version), row])),
    records: new Map(records.map((record) => [versionKey(record.version), record])),
    files: new Map(files.map((file) => [versionKey(file.version), file])),
  }
  const adopted = rows.flatMap((row) => adopt(row, known) ?? [])
  const gone = records.filter((record) => isGone(record, known))
  // Nobody means all files to be run again who empties a table.
  const takenBack = leads && rows.length > 0 ? gone : []
  const later = new Map([
    ...adopted.map(({ record }) => [versionKey(record.version), record] as const),
    ...takenBack.map((record) => [versionKey(record.version), rolledBack(record)] as const),
  ])
  const kept = records.map((record) => later.get(versionKey(record.version)) ?? record)
  const added = adopted.filter(({ isNew }) => isNew).map(({ record }) => record)
  const sides = makeSides(known)
  const missing = new Set(present && takenBack.length === 0 ? gone.map(({ version }) => version) : [])
  return {
    records: [...added, ...kept],
    step: {
      sides,
      changes: [...adopted.map(({ change }) => change), ...takenBack.map(takeBack)],
      fill: present ? [] : gone.flatMap(({ version }) => rowOf(known, version) ?? []),
      missing: sides.filter(({ version }) => missing.has(version)),
      isWhole: rows.some(({ name, statements }) => name !== null || statements !== null),
      rowOf: (version) => rowOf(known, version),
    },
  }
}

interface Known {
  readonly rows: ReadonlyMap<string, SupabaseRow>
  readonly records: ReadonlyMap<string, AppliedRecord>
  readonly files: ReadonlyMap<string, MigrationFile>
}

interface Adopted {
  readonly record: AppliedRecord
  readonly change: RecordChange
  readonly isNew: boolean
}

function adopt(row: SupabaseRow, { records, files }: Known): Adopted | undefined {
  const key = versionKey(row.version)
  const before = records.get(key)
  // Half undone by a rollback of ours it is neither applied nor pending.
  if (before?.status === 'completed' || unwrapDown(before?.journal ?? null) !== undefined) return undefined
  const file = files.get(key)
  const version = before?.version ?? row.version
  const name = file?.name ?? `${row.version}_${row.name ?? ''}.sql`
  const checksum = checksumOf(row, file)
  const record = { ...EMPTY, version, name, checksum, status: 'completed', appliedBy: BY } as const
  const change: RecordChange = {
    version,
    expected: before === undefined ? 'absent' : { status: before.status, checksum: before.checksum },
    becomes: { name, checksum, status: 'completed', appliedBy: BY },
    told: { event: 'adopted', action: 'adopt', status: 'success', name, checksum, detail: ADOPTED },
  }
  return { record, change, isNew: before === undefined }
}

const BY = 'the Supabase CLI'
const ADOPTED = 'it is applied by supabase_migrations.schema_migrations'

const EMPTY = {
  appliedAt: null,
  executionTimeMs: null,
  errorMessage: null,
  ours: false,
  statementsDone: null,
  journal: null,
}

/** Where nothing was kept there is nothing to compare, and the file is taken for what was applied. */
function checksumOf({ statements }: SupabaseRow, file: MigrationFile | undefined): string {
  const isSame =
    file !== undefined &&
    (statements === null || textsOf(file).some((text) => matchStatements(statements, text)))
  return isSame ? file.checksum : `supabase:${sha256Json(statements ? [...statements] : [])}`
}

/** The CLI knows no down section: it applies all of a file. */
function textsOf({ text, up }: MigrationFile): string[] {
  const applied = text.slice(up.start, up.end)
  return applied.length === text.length ? [text] : [text, applied]
}

/** Completed here, and not there, of a file that the CLI would push. */
function isGone({ status, version }: AppliedRecord, known: Known): boolean {
  return status === 'completed' && !known.rows.has(versionKey(version)) && rowOf(known, version) !== undefined
}

function rowOf({ files }: Known, version: string): MirroredRow | undefined {
  const file = files.get(versionKey(version))
  const named = file && supabaseNameOf(file.name)
  if (!named) return undefined
  const text = textsOf(file).at(-1) ?? ''
  return { ...named, statements: text.length > LARGEST ? null : splitStatements(text) }
}

/** Characters. The text stands once more in the message that records the file. */
const LARGEST = 2 * 1024 * 1024

function rolledBack(record: AppliedRecord): AppliedRecord {
  return { ...record, status: 'rolled_back' }
}

function takeBack({ version, name, checksum }: AppliedRecord): RecordChange {
  return {
    version,
    expected: { status: 'completed', checksum },
    becomes: { name, checksum, status: 'rolled_back', keepsRun: true },
    told: { event: 'repaired', action: 'repair', status: 'success', name, detail: TAKEN_BACK },
  }
}

const TAKEN_BACK = 'it is gone from supabase_migrations.schema_migrations, which decides (tracking: supabase)'

/** In the order of the files; then what has none. */
function makeSides({ rows, records, files }: Known): Side[] {
  const keys = new Set([...files.keys(), ...records.keys(), ...rows.keys()])
  return [...keys].map((key) => {
    const [file, record, row] = [files.get(key), records.get(key), rows.get(key)]
    return {
      version: record?.version ?? row?.version ?? file?.version ?? '',
      name: file?.name ?? record?.name ?? row?.name ?? '',
      file: file !== undefined,
      ours: record?.status ?? null,
      supabase: row !== undefined,
    }
  })
}
