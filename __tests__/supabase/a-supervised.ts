import { setTimeout as sleep } from 'node:timers/promises'
import { aMigrator, type Migrator } from '../programs/a-migrator.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import { type CliName, cliPath } from './a-cli.js'

/** A project whose files in `supabase/migrations` are applied by a Supabase CLI, under supervision. */
export async function aSupervised(
  url: string,
  files: Readonly<Record<string, string>>,
  cli: CliName | { readonly path: string } = 'newest',
): Promise<Migrator> {
  const migrator = await aMigrator(url)
  const path = typeof cli === 'string' ? cliPath(cli) : cli.path
  await migrator.project.write(
    'devflow.yml',
    `database:\n  migrations:\n    format: supabase\n    supabase-cli: ${JSON.stringify(path)}\n  environments:\n    test:\n      class: development\n`,
  )
  await migrator.project.write('supabase/migrations/.gitkeep', '')
  const write = (name: string, sql: string) => migrator.project.write(`supabase/migrations/${name}`, sql)
  for (const [name, sql] of Object.entries(files)) await write(name, sql)
  return { ...migrator, write }
}

/** What both tables say, a line a version: `20260101000000 ours completed, supabase yes`. */
export async function bothTables(database: TestDatabase): Promise<string[]> {
  const [{ theirs, ours } = { theirs: null, ours: null }] = await database.query<{
    theirs: string | null
    ours: string | null
  }>(
    `select to_regclass('supabase_migrations.schema_migrations')::text as theirs, to_regclass('devflow.schema_migrations')::text as ours`,
  )
  const rows = async (relation: string | null, column: string) =>
    relation === null
      ? []
      : await database.query<{ version: string; said: string }>(
          `select version, ${column} as said from ${relation}`,
        )
  const [left, right] = [await rows(ours, 'status'), await rows(theirs, "'yes'")]
  const versions = [...new Set([...left, ...right].map(({ version }) => version))].sort()
  const said = (all: typeof left, version: string) => all.find((row) => row.version === version)?.said ?? 'no'
  return versions.map((version) => `${version} ours ${said(left, version)}, supabase ${said(right, version)}`)
}

/** The events of our history that are about migrations, oldest first: `20260101000000 applied`. */
export async function eventsOf(database: TestDatabase): Promise<string[]> {
  const rows = await database.query<{ line: string }>(
    `select version || ' ' || event as line from devflow.migration_history where version <> '' order by seq`,
  )
  return rows.map(({ line }) => line)
}

/** As `until`, for what comes after a program of 100 MB has started on a machine that is busy. */
export async function patiently(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 120_000
  while (!(await holds())) {
    if (Date.now() > until) throw new Error('it did not come to hold within two minutes')
    await sleep(20)
  }
}
