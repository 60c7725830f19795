import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { aMigrator, type Migrator } from '../programs/a-migrator.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import { CLIS, type CliName, cliPath } from './a-cli.js'

/**
 * A project whose files in `supabase/migrations` are applied by a Supabase CLI, under supervision. A name is answered for
 * which version it is without starting 100 MB of program for it; a path is the program itself.
 */
export async function aSupervised(
  url: string,
  files: Readonly<Record<string, string>>,
  cli: CliName | { readonly path: string } = 'newest',
): Promise<Migrator> {
  const migrator = await aMigrator(url)
  const path = typeof cli === 'string' ? './cli.mjs' : cli.path
  if (typeof cli === 'string') await migrator.project.write(path, launcherOf(cli))
  if (typeof cli === 'string') await chmod(join(migrator.project.path, path), 0o755)
  await migrator.project.write(
    'devflow.yml',
    `database:\n  migrations:\n    format: supabase\n    supabase-cli: ${JSON.stringify(path)}\n  environments:\n    test:\n      class: development\n`,
  )
  await migrator.project.write('supabase/migrations/.gitkeep', '')
  const write = (name: string, sql: string) => migrator.project.write(`supabase/migrations/${name}`, sql)
  for (const [name, sql] of Object.entries(files)) await write(name, sql)
  return { ...migrator, write }
}

function launcherOf(cli: CliName): string {
  const { version } = CLIS.find(({ name }) => name === cli) ?? CLIS[0]
  const real = JSON.stringify(pathToFileURL(cliPath(cli)).href)
  return `#!/usr/bin/env node
if (process.argv[2] === '--version') console.log('${version}')
else await import(${real})
`
}

/** What both tables say, a line a version: `20260101000000 ours completed, supabase yes`. */
export async function bothTables(database: Pick<TestDatabase, 'query'>): Promise<string[]> {
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
