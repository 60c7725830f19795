import type { BackupForm } from '../model/backup.js'
import type { FoundTable } from './read-contents.js'

/** What a dump is told. None of it is secret. */
export interface DumpWish {
  readonly kind: BackupForm
  readonly jobs: number
  /** The name of an exported snapshot. */
  readonly snapshot: string
  /** What it writes to; absent: its output. */
  readonly file?: string
  readonly withoutRows: readonly Pick<FoundTable, 'schema' | 'table'>[]
}

/** How long it waits for a table that somebody has locked against all. It is in nobody's way meanwhile. Milliseconds. */
const LOCK_WAIT_MS = 60_000

const FORMATS: Readonly<Record<BackupForm, string>> = {
  custom: 'custom',
  folder: 'directory',
  'sql.gz': 'plain',
}

/** Subscriptions are left out: a copy that subscribes would take what is the original's, and their texts hold passwords. */
export function dumpArguments({ kind, jobs, snapshot, file, withoutRows }: DumpWish): string[] {
  return [
    '--no-password',
    `--format=${FORMATS[kind]}`,
    `--snapshot=${snapshot}`,
    `--lock-wait-timeout=${LOCK_WAIT_MS}`,
    '--no-subscriptions',
    ...(kind === 'folder' ? [`--jobs=${jobs}`] : []),
    ...(file === undefined ? [] : [`--file=${file}`]),
    ...withoutRows.map(({ schema, table }) => `--exclude-table-data=${quote(schema)}.${quote(table)}`),
  ]
}

/** In a pattern of pg_dump quotes keep their meaning and take all others'. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
