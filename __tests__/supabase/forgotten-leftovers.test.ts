import { chmod, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from '@jest/globals'
import { type Migrator, trouble, verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSupervised } from './a-supervised.js'

const A = '20260101000000_a.sql'
const B = '20260102000000_b.sql'
const C = '20260103000000_c.sql'
const [b, c] = ['20260102000000', '20260103000000']

const BUILDS = 'create unique index concurrently ix on a (n);'
const OFF = { given: { rehearse: 'off' } } as const

/** What the Supabase CLI does with files of one statement, and no more. */
const FAKE = `#!${process.execPath}
import { readdirSync, readFileSync } from 'node:fs'
import pg from ${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve('pg')).href)}
const after = (name) => process.argv[process.argv.indexOf(name) + 1]
if (process.argv[2] === '--version') {
  console.log('3.1.0')
  process.exit()
}
const url = new URL(after('--remote'))
const client = new pg.Client({
  host: url.hostname, port: Number(url.port), user: decodeURIComponent(url.username),
  database: url.pathname.slice(1), password: process.env.PGPASSWORD ?? '',
})
await client.connect()
await client.query('create schema if not exists supabase_migrations; create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text)')
const { rows } = await client.query('select version from supabase_migrations.schema_migrations')
const folder = after('--workdir') + '/supabase/migrations/'
for (const file of readdirSync(folder).sort()) {
  const [, version, name] = /^([0-9]+)_(.*)\\.sql$/.exec(file)
  if (rows.some((row) => row.version === version)) continue
  console.error('Applying migration ' + file + '...')
  const text = readFileSync(folder + file, 'utf8')
  try {
    await client.query(text)
  } catch (error) {
    console.error('ERROR: ' + error.message + ' (SQLSTATE ' + error.code + ')\\nAt statement: 0\\n' + text.replace(/;\\s*$/, ''))
    process.exit(1)
  }
  await client.query('insert into supabase_migrations.schema_migrations values ($1, $2, $3)', [version, [text.replace(/;\\s*$/, '')], name])
}
await client.end()
`

async function indexes(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ index: string }>(
    `select c.relname || case when indisvalid then '' else ' INVALID' end as index from pg_index
     join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ index }) => index).join(', ')
}

/** B left `ix` INVALID, and what made it fail is mended. */
async function leftBehind(database: TestDatabase): Promise<Migrator> {
  const files = { [A]: 'create table a as select 1 as n from generate_series(1, 2);', [B]: BUILDS }
  const migrator = await aSupervised(database.url, files, { path: './fake.mjs' })
  await migrator.project.write('fake.mjs', FAKE)
  await chmod(join(migrator.project.path, 'fake.mjs'), 0o755)
  const failed = await migrator.run('migrate', OFF)
  expect(failed.outcomes[1]?.failure).toMatchObject({
    code: '23505',
    message: expect.stringContaining('it left the INVALID index public.ix'),
    hint: expect.stringContaining('the next run begins with DROP INDEX CONCURRENTLY public.ix'),
  })
  expect(await indexes(database)).toBe('ix INVALID')
  await database.query('delete from a')
  return migrator
}

function remove({ project }: Migrator, name: string): Promise<void> {
  return rm(join(project.path, 'supabase/migrations', name))
}

eachMajor('what a file left that failed under the Supabase CLI', (major) => {
  it.each([
    ['the same', BUILDS, 'ix'],
    ['the same in a transaction', 'create unique index if not exists ix on a (n);', 'ix'],
    ['content with any', BUILDS.replace('concurrently', 'concurrently if not exists'), 'ix'],
    ['nothing to do with it', 'select 1;', ''],
  ])(
    'is taken away though the file is gone, before another is pushed, which holds %s',
    async (_, text, left) => {
      await using database = await aDatabase({ major })
      await using migrator = await leftBehind(database)
      await remove(migrator, B)
      await migrator.write(C, text)
      expect(trouble(await migrator.run('status'))).toContain(`failed in ${B} in an earlier run`)
      const report = await migrator.run('migrate', OFF)
      expect([verdict(report), trouble(report)]).toEqual([`0 applied: ${c} applied`, expect.anything()])
      expect(await indexes(database)).toBe(left)
      expect((await migrator.run('status')).findings).toEqual([])
    },
  )

  it.each([
    ['as it was', BUILDS],
    ['edited into a transaction', 'create unique index if not exists ix on a (n);'],
  ])('is taken away before the file is pushed again, %s', async (_, text) => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await migrator.write(B, text)
    const report = await migrator.run('migrate', OFF)
    expect([verdict(report), trouble(report)]).toEqual([`0 applied: ${b} applied`, expect.anything()])
    expect(await indexes(database)).toBe('ix')
  })

  it('stays where it came by other hands since, and stands in the way by name', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await database.query('drop index ix; insert into a values (1), (1)')
    await database.query(BUILDS).catch(() => {})
    const report = await migrator.run('migrate', OFF)
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'supabase-invalid-index',
      hint: expect.stringContaining('DROP INDEX CONCURRENTLY public.ix'),
    })
    expect(await indexes(database)).toBe('ix INVALID')
  })
})
