import { existsSync } from 'node:fs'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import type { System } from '../../src/programs/system.js'
import { aCuttingProxy } from '../programs/a-cutting-proxy.js'
import { type Migrator, trouble, verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { aSupervised, bothTables, eventsOf } from './a-supervised.js'

const FILES = {
  '20260101000000_a.sql': 'create table a (n int);',
  '20260102000000_b.sql': 'create table b (n int);',
}

/** A program that calls itself a Supabase CLI, and what the supervision makes of what it does. */
async function aFake(
  database: TestDatabase,
  script: string,
  { version = '3.1.0', files = FILES }: { version?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<Migrator> {
  const migrator = await aSupervised(database.url, files, { path: './fake' })
  await migrator.project.write(
    'fake',
    `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; exit; fi\n${script}\n`,
  )
  await chmod(join(migrator.project.path, 'fake'), 0o755)
  return migrator
}

const OFF = { given: { rehearse: 'off' } } as const

it('a CLI that ends with exit code 0 and did nothing is not believed, and nothing is run a second time', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(database, 'echo "Finished supabase db push."')
  const report = await migrator.run('migrate', OFF)
  expect(verdict(report)).toBe('1 unknown: 20260101000000 unknown, 20260102000000 not-run')
  expect(report.outcomes[0]?.failure?.code).toBe('supabase-not-recorded')
  expect(report.ready).toBe(false)
  expect(await bothTables(database)).toEqual(['20260101000000 ours unknown, supabase no'])
  expect(await eventsOf(database)).toEqual(['20260101000000 unknown'])
  expect(trouble(await migrator.run('migrate', OFF))).toContain('unfinished-migration')
})

it('a CLI that fails before it begins is told in its own words, without colours and chatter', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(
    database,
    `printf '\\033[31mConnecting to remote database...\\nunknown flag: --workdir\\033[0m\\nTry rerunning the command with --debug\\n' >&2; exit 1`,
  )
  const report = await migrator.run('migrate', OFF)
  expect(verdict(report)).toBe('1 failed: 20260101000000 failed, 20260102000000 not-run')
  expect(report.outcomes[0]?.failure).toMatchObject({
    code: 'supabase-cli',
    message: 'unknown flag: --workdir',
  })
})

it('a CLI whose connection breaks is started again, three times at most', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(
    database,
    'echo "Applying migration 20260101000000_a.sql..."; echo "failed to send batch: unexpected EOF" >&2; exit 1',
  )
  const report = await migrator.run('migrate', OFF)
  expect(verdict(report)).toBe('1 failed: 20260101000000 failed, 20260102000000 not-run')
  expect(report.outcomes[0]).toMatchObject({ attempts: 3, failure: { code: 'connection-lost' } })
  expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toHaveLength(2)
})

it('a CLI is started though the connection was lost when the tracking tables had been made', async () => {
  await using database = await aDatabase()
  await using proxy = await aCuttingProxy(database.url, 'CREATE SCHEMA', 'COMMIT')
  await using migrator = await aFake(database, 'echo "Finished supabase db push."')
  const report = await migrator.run('migrate', { ...OFF, variables: { DATABASE_URL: proxy.url } })
  expect([proxy.cuts(), report.outcomes[0]?.failure?.code]).toEqual([1, 'supabase-not-recorded'])
  expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toHaveLength(1)
})

it.each([
  ['it was looked for INVALID indexes', 'indisvalid', 'SELECT'],
  ['it was recorded as begun', "'running'", 'COMMIT'],
])('a CLI is started though the connection was lost when %s', async (_, asked, answered) => {
  await using database = await aDatabase()
  await database.query('create table t (n int)')
  const files = { '20260101000000_a.sql': 'create index concurrently i on t (n);' }
  await using proxy = await aCuttingProxy(database.url, asked, answered)
  await using migrator = await aFake(database, 'echo "Finished supabase db push."', { files })
  const report = await migrator.run('migrate', { ...OFF, variables: { DATABASE_URL: proxy.url } })
  expect([proxy.cuts(), report.outcomes[0]?.failure?.code]).toEqual([1, 'supabase-not-recorded'])
})

it('a CLI that does not end is ended with all that it started', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(
    database,
    'sleep 600 & echo $! > "$OLDPWD/pid"; echo "Applying migration 20260101000000_a.sql..."; wait',
  )
  await migrator.project.write(
    'fake',
    (await migrator.project.read('fake')).replace('$OLDPWD', migrator.project.path),
  )
  const controller = new AbortController()
  const running = migrator.run('migrate', { ...OFF, system: { signal: controller.signal } })
  await until(async () => migrator.events.some(({ kind }) => kind === 'applying'))
  const pid = Number(await migrator.project.read('pid'))
  controller.abort('SIGTERM')
  expect(verdict(await running)).toBe('143 cancelled: 20260101000000 failed, 20260102000000 not-run')
  await until(async () => hasEnded(pid))
})

it('a CLI does not go on where the run lost its lock', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(
    database,
    'echo "$$" > "HERE/pid"; echo "Applying migration 20260101000000_a.sql..."; sleep 600',
  )
  const fake = await migrator.project.read('fake')
  await migrator.project.write('fake', fake.replace('HERE', migrator.project.path))
  const running = migrator.run('migrate', OFF)
  await until(async () => migrator.events.some(({ kind }) => kind === 'applying'))
  const pid = Number(await migrator.project.read('pid'))
  await migrator.project.write('fake', fake.replace(/echo "\$\$"[\s\S]*/, 'exit 1'))
  await database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'devflow%'",
  )
  await until(async () => hasEnded(pid))
  const report = await running
  expect(report).toMatchObject({ exitCode: 1, ready: false })
  expect(report.outcomes.map(({ state }) => state)).not.toContain('applied')
})

/** A process without a parent that waits for it may stay as a zombie. */
async function hasEnded(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return status === undefined || / Z /.test(status)
}

it('a CLI is told what it needs and no more: no password in an argument, nothing of our own environment', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(
    database,
    `here=HERE; for one in "$@"; do echo "$one"; done > "$here/arguments"; env > "$here/environment"; ls supabase/migrations > "$here/files"; readlink /proc/self/fd/0 > "$here/stdin"`,
  )
  await migrator.project.write(
    'fake',
    (await migrator.project.read('fake')).replace('HERE', migrator.project.path),
  )
  await migrator.project.write('supabase/config.toml', 'this is no TOML')
  const url = new URL(database.url)
  await migrator.run('migrate', {
    ...OFF,
    variables: { GITHUB_TOKEN: 'ghs_secret', SUPABASE_ACCESS_TOKEN: 'sbp_secret' },
  })
  const [db, push, flag, place, , workdir, ...rest] = (await migrator.project.read('arguments'))
    .trim()
    .split('\n')
  expect([db, push, flag, ...rest]).toEqual(['db', 'push', '--remote', '--yes'])
  const given = new URL(place ?? '')
  expect([given.host, given.pathname, given.username, given.password]).toEqual([
    url.host,
    url.pathname,
    url.username,
    '',
  ])
  expect(given.searchParams.get('sslmode')).toBe('disable')
  expect(given.searchParams.get('options')).toContain('-c lock_timeout=3000')
  expect(given.searchParams.get('options')).toContain('-c client_connection_check_interval=1000')
  const environment = await migrator.project.read('environment')
  expect(environment).toContain(`PGPASSWORD=${decodeURIComponent(url.password)}\n`)
  expect(environment).toContain('PGSSLMODE=disable\n')
  expect(environment).not.toMatch(/secret|GITHUB|DATABASE_URL|NODE_OPTIONS/)
  expect(await migrator.project.read('files')).toBe('20260101000000_a.sql\n20260102000000_b.sql\n')
  expect(await migrator.project.read('stdin')).toBe('/dev/null\n')
  expect(workdir?.startsWith(migrator.project.path)).toBe(false)
})

it('a release before 3.0 is called by the flag that it knows', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(database, `echo "$@" > "HERE/arguments"`, { version: '2.122.1' })
  await migrator.project.write(
    'fake',
    (await migrator.project.read('fake')).replace('HERE', migrator.project.path),
  )
  await migrator.run('migrate', OFF)
  expect(await migrator.project.read('arguments')).toMatch(/^db push --db-url postgresql:/)
})

it('what was applied meanwhile by somebody else with the same text counts, and with another does not', async () => {
  await using database = await aDatabase()
  await database.query(`create schema supabase_migrations; create table supabase_migrations.schema_migrations
    (version text primary key, statements text[], name text)`)
  await using migrator = await aFake(
    database,
    'here=HERE; > "$here/begun"; while [ ! -e "$here/go" ]; do sleep 0.05; done; exit 1',
  )
  await migrator.project.write(
    'fake',
    (await migrator.project.read('fake')).replace('HERE', migrator.project.path),
  )
  const running = migrator.run('migrate', OFF)
  await until(async () => existsSync(join(migrator.project.path, 'begun')))
  await database.query(`insert into supabase_migrations.schema_migrations values
    ('20260101000000', '{"create table a (n int)"}', 'a'), ('20260102000000', '{"create table other (n int)"}', 'b')`)
  await migrator.project.write('go', '')
  const report = await running
  expect(verdict(report)).toBe('1 unknown: 20260101000000 applied, 20260102000000 unknown')
  expect(report.outcomes[1]?.failure?.code).toBe('supabase-other-text')
})

it('a CLI that is not there, or not to be used, stops the plan already, with the way out', async () => {
  await using database = await aDatabase()
  await using missing = await aSupervised(database.url, FILES, { path: './none' })
  const report = await missing.run('plan')
  expect(report).toMatchObject({
    exitCode: 2,
    problems: [
      { message: expect.stringMatching(/^supabase-cli: .*none is no program that can be started\.$/) },
    ],
  })
  expect(report.problems[0]?.help).toContain('npm install --save-dev supabase')
  await using bad = await aFake(database, '', { version: '2.90.0' })
  expect((await bad.run('plan')).problems[0]?.message).toContain('The Supabase CLI 2.90.0')
  expect((await bad.run('status')).exitCode).toBe(0)
})

it('a plan that was approved for our own executor is not carried out by the CLI', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(database, 'exit 0')
  const configured = await migrator.project.read('devflow.yml')
  await migrator.project.write('devflow.yml', configured.replace('format: supabase', 'format: sql'))
  const { plan } = await migrator.run('plan')
  await migrator.project.write('devflow.yml', configured)
  const given = { ...OFF.given, 'expected-plan-hash': plan?.hash ?? '' }
  expect(verdict(await migrator.run('migrate', { given }))).toBe('1 refused')
  expect(await bothTables(database)).toEqual([])
})

it('a bug in whoever is told of its progress is a report, and leaves nothing running', async () => {
  await using database = await aDatabase()
  await using migrator = await aFake(database, 'echo "Applying migration 20260101000000_a.sql..."; exit 1')
  const observe: System['observe'] = ({ kind }) => {
    if (kind === 'applying') throw new Error('the observer broke')
  }
  const report = await migrator.run('migrate', { ...OFF, system: { observe } })
  expect(report.exitCode).toBe(1)
  expect(trouble(report)).toContain('the observer broke')
  expect(await bothTables(database)).toEqual(['20260101000000 ours failed, supabase no'])
})
