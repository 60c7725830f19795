import { describe, expect } from '@jest/globals'
import type pg from 'pg'
import { aPgBouncer, type PoolOptions } from '../support/a-pgbouncer.js'
import { needs } from '../support/needs.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'

const { it } = needs('pgbouncer')

const files = {
  '01_users.sql': 'create table users (id int primary key); insert into users values (1);',
  '02_orders.sql': 'create table orders (id int primary key); insert into orders values (1);',
  '03_index.sql': 'create index concurrently orders_id on orders (id);',
}

const notShared: readonly PoolOptions[] = [
  { mode: 'transaction', size: 1 },
  { mode: 'transaction', size: 5 },
  { mode: 'transaction', size: 5, roundRobin: true },
  { mode: 'statement', size: 2 },
]

/** What a pool sets on its processes for its clients: PgBouncer's own list. */
const ofThePool = [
  'application_name',
  'client_encoding',
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'standard_conforming_strings',
]

/** Everything that is set on any process behind a pool, looked at from within: each client holds one. */
async function settingsBehind(url: string, size: number): Promise<pg.QueryResultRow[]> {
  const clients = await Promise.all(Array.from({ length: size }, () => aClient(url)))
  try {
    await Promise.all(clients.map((client) => client.query('begin')))
    const seen = await Promise.all(
      clients.map((client) =>
        client.query(`select name, setting from pg_settings where source = 'session' and name <> all ($1)`, [
          ofThePool,
        ]),
      ),
    )
    await Promise.all(clients.map((client) => client.query('rollback')))
    return seen.flat()
  } finally {
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()))
  }
}

async function locksIn(database: TestDatabase): Promise<pg.QueryResultRow[]> {
  return database.query(
    `select pid, mode from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  )
}

eachMajor('a pool', (major) => {
  for (const options of notShared) {
    it(`with ${JSON.stringify(options)} is refused, and nothing is left behind on it`, async () => {
      await using database = await aDatabase({ major })
      await using pool = await aPgBouncer(database.url, options)
      await using migrator = await aMigrator(pool.url, files)
      for (const command of ['migrate', 'dry-run']) {
        const report = await migrator.run(command)
        expect(verdict(report)).toBe('2 failed')
        expect(report.problems).toEqual([
          {
            message: expect.stringMatching(/^127\.0\.0\.1:\d+ is a connection pooler, and .*server process/),
            help: expect.stringContaining('Connect to PostgreSQL itself, or to a pool in session mode.'),
          },
        ])
      }
      expect(await locksIn(database)).toEqual([])
      if (options.mode === 'transaction')
        expect(await settingsBehind(pool.url, options.size ?? 1)).toEqual([])
      expect(
        await database.query(`select to_regclass('users') as users, to_regnamespace('devflow') as ours`),
      ).toEqual([{ users: null, ours: null }])
    })
  }

  it('in transaction mode lets everything be read', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'transaction', size: 1 })
    await using direct = await aMigrator(database.url, files)
    expect(verdict(await direct.run('migrate', { given: { to: '02' } }))).toBe(
      '0 applied: 01 applied, 02 applied',
    )
    await using migrator = await aMigrator(pool.url, files)
    expect(await migrator.run('status')).toMatchObject({
      exitCode: 0,
      status: 'pending',
      currentVersion: '02',
    })
    expect(await migrator.run('plan')).toMatchObject({ exitCode: 0, status: 'planned' })
    expect(await migrator.run('verify')).toMatchObject({ exitCode: 1, problems: [] })
    const history = await migrator.run('history')
    expect([history.exitCode, history.events.length]).toEqual([0, 3])
    expect(await settingsBehind(pool.url, 1)).toEqual([])
    expect(await locksIn(database)).toEqual([])
  })

  it('in session mode carries eight runs at once: each file once, eight exits 0', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session', size: 24 })
    await using migrator = await aMigrator(pool.url, files)
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => migrator.run('migrate', { given: { 'lock-wait': '5m' } })),
    )
    expect(reports.map(({ exitCode, problems, ready }) => [exitCode, problems, ready])).toEqual(
      reports.map(() => [0, [], true]),
    )
    expect(reports.flatMap(({ outcomes }) => outcomes.map(({ version }) => version)).toSorted()).toEqual([
      '01',
      '02',
      '03',
    ])
    expect(
      await database.query(
        'select (select count(*) from users)::int as users, (select count(*) from orders)::int as orders',
      ),
    ).toEqual([{ users: 1, orders: 1 }])
    expect(
      await database.query(
        `select version, count(*)::int as times from devflow.migration_history where event = 'applied' group by version order by version`,
      ),
    ).toEqual(['01', '02', '03'].map((version) => ({ version, times: 1 })))
    // The pool resets a server's process after its client is gone.
    await until(async () => (await locksIn(database)).length === 0)
  }, 120_000)

  describe('in session mode that has but one connection', () => {
    const quick = { given: { rehearse: 'off' } }
    const many = (last: string) =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => {
          const n = String(index + 1).padStart(2, '0')
          return [`${n}_t.sql`, `create table t${n} (id int); ${index === 27 ? last : ''}`]
        }),
      )

    it('has it again when history is confirmed, though the run was looked at', async () => {
      await using database = await aDatabase({ major })
      await using pool = await aPgBouncer(database.url, { mode: 'session', size: 1 })
      await using migrator = await aMigrator(pool.url, {
        '01_a.sql': 'create table a (id int);',
        '02_b.sql': 'insert into a values (1); select pg_sleep(1.5);',
        '02_b.down.sql': 'select pg_sleep(1.5); delete from a;',
      })
      // Rehearsed on the target too, and looked at there.
      expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied')
      const undone = await migrator.run('rollback', { given: { ...quick.given, steps: '1' } })
      expect([undone.exitCode, undone.operation?.steps.map(({ state }) => state)]).toEqual([0, ['done']])
    }, 120_000)

    it('has it for many files, which history is asked about before the last is done', async () => {
      await using database = await aDatabase({ major })
      await using pool = await aPgBouncer(database.url, { mode: 'session', size: 1 })
      await using migrator = await aMigrator(pool.url, many('select pg_sleep(1.5);'))
      const report = await migrator.run('migrate', quick)
      expect([report.problems, report.exitCode, report.ready]).toEqual([[], 0, true])
    }, 120_000)

    it('has it for the next session when the first is lost while others wait for it', async () => {
      await using database = await aDatabase({ major })
      await database.query('create sequence tries')
      await using pool = await aPgBouncer(database.url, { mode: 'session', size: 1 })
      const lost =
        "select pg_sleep(1.5); select case nextval('tries') when 1 then pg_terminate_backend(pg_backend_pid()) end;"
      await using migrator = await aMigrator(pool.url, many(lost))
      const report = await migrator.run('migrate', quick)
      expect([report.problems, report.exitCode, report.ready]).toEqual([[], 0, true])
      expect(await database.query('select last_value::int as times from tries')).toEqual([{ times: 2 }])
    }, 120_000)
  })

  it('that refuses options of the URL is told of, with the way out', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session' })
    await using migrator = await aMigrator(`${pool.url}?options=-c%20nothing.here%3D1`, files)
    const [problem] = (await migrator.run('status')).problems
    expect(problem).toEqual({
      message: expect.stringMatching(/unsupported (startup )?parameter|unsupported options/),
      help: expect.stringContaining('take options out of the URL'),
    })
  })

  it('in session mode shows the run that holds the lock by its process on the server', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session' })
    // The file ends once the other run waits.
    await database.query('create sequence waits')
    const waiting =
      'do $$ begin while not (select is_called from waits) loop perform pg_sleep(0.02); end loop; end $$;'
    await using migrator = await aMigrator(pool.url, { '01_a.sql': waiting })
    const given = { rehearse: 'off' }
    const running = Promise.all([migrator.run('migrate', { given }), migrator.run('migrate', { given })])
    const waits = () =>
      migrator.events.flatMap((event) => (event.kind === 'waiting-for-lock' ? [event.holder] : []))
    await until(async () => waits().length > 0)
    await database.query("select nextval('waits')")
    expect((await running).map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(waits()[0]).toMatch(
      /^process \d+ \(devflow-migrate, from \S+, (active|idle( in transaction)?), connected \d+ s ago\)$/,
    )
  })
})
