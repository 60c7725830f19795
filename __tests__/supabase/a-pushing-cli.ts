import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import type { Migrator } from '../programs/a-migrator.js'
import { aSupervised } from './a-supervised.js'

/** A program that pushes as the Supabase CLI does, a transaction a file with its row, without starting 100 MB of program for it. */
export async function aPushing(url: string, files: Readonly<Record<string, string>>): Promise<Migrator> {
  const migrator = await aSupervised(url, files, { path: './fake' })
  const script = join(migrator.project.path, 'push.mjs')
  await migrator.project.write('push.mjs', PUSH)
  await migrator.project.write(
    'fake',
    `#!/bin/sh\nif [ "$1" = --version ]; then echo 3.1.0; exit; fi\nexec '${process.execPath}' '${script}' "$@"\n`,
  )
  await chmod(join(migrator.project.path, 'fake'), 0o755)
  return migrator
}

const PUSH = `import { readdirSync, readFileSync } from 'node:fs'
import pg from '${import.meta.resolve('pg')}'
const valueOf = (name) => process.argv[process.argv.indexOf(name) + 1]
const folder = valueOf('--workdir') + '/supabase/migrations'
const client = new pg.Client(valueOf('--remote'))
client.on('error', () => {})
try {
  await client.connect()
  await client.query('create schema if not exists supabase_migrations; create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text)')
  const { rows } = await client.query('select version from supabase_migrations.schema_migrations')
  for (const name of readdirSync(folder).sort()) {
    const [, version, title] = /^(\\d+)_(.*)\\.sql$/.exec(name)
    if (rows.some((row) => row.version === version)) continue
    console.error('Applying migration ' + name + '...')
    await client.query('begin;' + readFileSync(folder + '/' + name, 'utf8'))
    await client.query('insert into supabase_migrations.schema_migrations values ($1, null, $2)', [version, title])
    await client.query('commit')
  }
  await client.end()
} catch (error) {
  console.error('ERROR: ' + error.message + ' (SQLSTATE ' + error.code + ')')
  process.exit(1)
}
`
