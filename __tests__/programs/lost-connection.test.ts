import { connect } from 'node:net'
import { expect, it } from '@jest/globals'
import { takeLock } from '../../src/database/take-lock.js'
import { aSession, onlyLock, targetOf } from '../database/a-session.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'
import { aProxy } from './a-proxy.js'

/** So long sleeps what is cut off, however busy the machine is: it is ended before, by the test or the server. */
const PACE = 'create table pace as select 60 as seconds'
/** Sleeps when it is applied, not when it is rehearsed. */
const sleepsWhenApplied = `insert into a values (1);
  select pg_sleep(case when exists (select from devflow.schema_migrations where status = 'running') then seconds else 0 end) from pace;
  insert into a values (2);`

/** Cuts the connection at a notice of the file, and leads to another server from then on. */
async function aLeadingProxy(url: string, elsewhere: string) {
  const { port, hostname } = new URL(elsewhere)
  let led = false
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = led ? connect(Number(port), hostname).on('error', () => {}) : openRemote()
    client.on('close', () => remote.end())
    client.on('data', (data) => remote.write(data))
    remote.on('close', () => client.end())
    remote.on('data', (data) => {
      if (led || !data.includes('lead elsewhere')) return client.write(data)
      led = true
      client.destroy()
      remote.destroy()
    })
  })
  return { ...proxy, led: () => led }
}

eachMajor('a lost connection', (major) => {
  it('in the middle of a file leaves nothing of it, and the same run applies it once', async () => {
    await using database = await aDatabase({ major })
    await database.query(PACE)
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', sleepsWhenApplied)
    await migrator.write('03_c.sql', 'insert into a values (3);')
    const running = migrator.run('migrate')
    const asleep = `from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and wait_event = 'PgSleep'`
    await until(async () => (await database.query(`select ${asleep}`)).length > 0)
    await database.query('update pace set seconds = 0')
    await database.query(`select pg_terminate_backend(pid) ${asleep}`)
    const report = await running
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    expect(report.ready).toBe(true)
    expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toHaveLength(1)
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('in the middle of a CALL counts to the time that it took, which is told and recorded', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      'create procedure p() language plpgsql as $$ begin commit; perform pg_sleep(60); end $$',
    )
    await using migrator = await aMigrator(database.url, {
      '01_p.sql': '-- devflow:no-transaction\ncall p();',
    })
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    const ended = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep' and clock_timestamp() - query_start > interval '3 s'`
    await until(async () => (await database.query(ended)).length > 0)
    const report = await running
    expect(verdict(report)).toBe('1 unknown: 01 unknown')
    expect(report.outcomes[0]?.durationMs).toBeGreaterThanOrEqual(3_000)
    const [row] = await database.query<{ ms: number }>(
      'select execution_time_ms::int as ms from devflow.schema_migrations',
    )
    expect(row?.ms).toBeGreaterThanOrEqual(3_000)
  })

  it('to a target that was moved meanwhile is not made good: nothing more is sent to it', async () => {
    await using database = await aDatabase({ major })
    await database.query(PACE)
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', sleepsWhenApplied)
    const running = migrator.run('migrate')
    const asleep = `from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and wait_event = 'PgSleep'`
    await until(async () => (await database.query(`select ${asleep}`)).length > 0)
    await database.query(`update devflow.target_identity set environment = 'elsewhere'`)
    await database.query(`select pg_terminate_backend(pid) ${asleep}`)
    const started = Date.now()
    expect(verdict(await running)).toBe('1 unknown: 02 unknown')
    // A server that is away is waited for a minute.
    expect(Date.now() - started).toBeLessThan(50_000)
    expect(await database.query('select n from a')).toEqual([])
  })

  it('after the server has committed is no reason to do anything again', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "SET status = 'completed'", 'COMMIT')
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (2);',
    })
    const report = await migrator.run('migrate')
    expect(proxy.cuts()).toBe(1)
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
    expect(report.ready).toBe(true)
    expect(trouble(report)).not.toContain('connection')
    expect(await database.query('select n from a')).toEqual([{ n: 2 }])
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('after a large message was read, and before its first file, is made good', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, 'select 2;', ' read\0')
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': `insert into a values (2);\n${'select 2;\n'.repeat(40_000)}`,
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, '0 applied: 01 applied, 02 applied'])
    expect(await database.query('select n from a')).toEqual([{ n: 2 }])
  })

  it('in one file after the other gives none of them up: each of them got done', async () => {
    await using database = await aDatabase({ major })
    const files = ['01', '02', '03', '04', '05'].map((version) => {
      const once = `select case nextval('tries_${version}') when 1 then pg_terminate_backend(pg_backend_pid()) end;`
      return [`${version}_a.sql`, once] as const
    })
    for (const [name] of files) await database.query(`create sequence tries_${name.slice(0, 2)}`)
    await using migrator = await aMigrator(database.url, {
      '00_t.sql': 'create table t (n int);',
      ...Object.fromEntries(files),
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    const applied = ['00', '01', '02', '03', '04', '05'].map((version) => `${version} applied`)
    expect(verdict(report)).toBe(`0 applied: ${applied.join(', ')}`)
    expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toHaveLength(5)
  })

  it('to a target that is moved while its lock is waited for is not made good either', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    const holder = await aSession(database.url)
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and wait_event = 'PgSleep'`
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, async () => {
      await until(async () => (await database.query(end)).length > 0)
      await until(async () => (await takeLock(holder, targetOf(database), onlyLock)).taken)
    })
    await migrator.write(
      '02_b.sql',
      "do $$ begin raise notice 'cut it here'; perform pg_sleep(60); end $$; insert into a values (2);",
    )
    let moved: Promise<unknown> | undefined
    const move = () =>
      database
        .query("update devflow.target_identity set environment = 'elsewhere'")
        .then(() => holder[Symbol.asyncDispose]())
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: {
        observe: ({ kind }) => {
          if (kind === 'waiting-for-lock') moved ??= move()
        },
      },
    })
    await moved
    expect([moved !== undefined, verdict(report)]).toEqual([true, '1 unknown: 02 unknown'])
    expect(await database.query('select n from a')).toEqual([])
  })

  it('to another server than before is not made good: nothing is sent to that', async () => {
    await using database = await aDatabase({ major })
    await using other = await aDatabase({ major: major === 18 ? 15 : 18 })
    const role = `roams_${database.name}`
    const password = new URL(database.url).password
    for (const { query } of [database, other])
      await query(`create role ${role} superuser login password '${password}'`)
    await other.query(`create database ${database.name}`)
    const through = new URL(database.url)
    through.username = role
    try {
      await using proxy = await aLeadingProxy(through.href, other.url)
      await using migrator = await aMigrator(proxy.url, {
        '01_a.sql': "do $$ begin raise notice 'lead elsewhere'; perform pg_sleep(60); end $$;",
      })
      const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
      expect([proxy.led(), verdict(report)]).toEqual([true, '1 unknown: 01 unknown'])
      const there = new URL(other.url)
      there.pathname = database.name
      await using client = await aClient(there.href)
      expect(await client.query("select to_regnamespace('devflow') as devflow")).toEqual([{ devflow: null }])
    } finally {
      await database.query(`drop owned by ${role}; drop role ${role}`)
      await other.query(`drop database ${database.name} with (force)`)
      await other.query(`drop role ${role}`)
    }
  })

  it('for good, after the server has committed, leaves it unknown what was applied, and the next run goes on', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "SET status = 'completed'", 'COMMIT', true)
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (2);',
    })
    const report = await migrator.run('migrate', { system: { reconnectWithinMs: 300 } })
    expect(verdict(report)).toBe('1 unknown: 01 unknown, 02 unknown')
    expect(report.ready).toBe(false)
    expect(report.outcomes[0]?.failure?.code).toBe('connection-lost')
    const direct = { variables: { DATABASE_URL: database.url } }
    expect(verdict(await migrator.run('migrate', direct))).toBe('0 up-to-date')
    expect(await database.query('select n from a')).toEqual([{ n: 2 }])
  })

  it('when the tracking tables were made, for a backup that is only a point in time, is made good', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, 'CREATE SCHEMA', 'COMMIT')
    await using migrator = await aMigrator(proxy.url, { '01_a.sql': 'create table a (n int);' })
    const report = await migrator.run('migrate', { given: { rehearse: 'off', backup: 'marker' } })
    expect([proxy.cuts(), verdict(report), report.ready]).toEqual([1, '0 applied: 01 applied', true])
  })

  it.each(['', '-- devflow:no-transaction\n'])(
    'when the tracking tables were made, before the first file, is made good: %j',
    async (begins) => {
      await using database = await aDatabase({ major })
      await using proxy = await aCuttingProxy(database.url, 'CREATE SCHEMA', 'COMMIT')
      await using migrator = await aMigrator(proxy.url, { '01_a.sql': `${begins}create table a (n int);` })
      const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
      expect([proxy.cuts(), verdict(report), report.ready]).toEqual([1, '0 applied: 01 applied', true])
    },
  )

  it.each([
    ['before anything of a file outside a transaction', "'running'", 'DO'],
    ['in a statement of one', 'vacuum a', 'VACUUM'],
  ])('%s is made good in the same run', async (_, asked, answered) => {
    await using database = await aDatabase({ major })
    const files = { '01_a.sql': 'create table a (n int);', '02_b.sql': 'insert into a values (1); vacuum a;' }
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate', { given: { to: '01' } })
    await using proxy = await aCuttingProxy(database.url, asked, answered)
    const report = await migrator.run('migrate', { variables: { DATABASE_URL: proxy.url } })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, '0 applied: 02 applied'])
    expect(await database.query('select n from a')).toEqual([{ n: 1 }])
  })

  it.each(['target', 'off'])(
    'that a file makes itself is a failure of that file (rehearse: %s)',
    async (rehearse) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': 'create table a (n int);',
        '02_b.sql': 'insert into a values (1); select pg_terminate_backend(pg_backend_pid());',
      })
      const report = await migrator.run('migrate', { given: { rehearse } })
      expect(report.rehearsal.flatMap(({ left = [] }) => left)).toMatchObject(
        rehearse === 'target' ? [{ reason: expect.stringContaining('pg_terminate_backend') }] : [],
      )
      expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed')
      expect(await database.query('select n from a')).toEqual([])
    },
  )

  it.each(['one message', 'several'])(
    'in a transaction of %s is told of the file at work',
    async (messages) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': 'create table a (n int);',
        '02_b.sql': `${`select '${'x'.repeat(1e6)}';\n`.repeat(messages === 'several' ? 9 : 0)}select pg_terminate_backend(pg_backend_pid());`,
        '03_c.sql': 'select 1;',
      })
      const report = await migrator.run('migrate', { given: { rehearse: 'off', transaction: 'all' } })
      expect(verdict(report)).toBe('1 failed: 01 not-run, 02 failed, 03 not-run')
      expect(report.outcomes[1]?.failure?.message).toMatch(
        /while 02_b.sql was being applied: .* \(2 times, in the same statement\)$/,
      )
      expect(await database.query('select version from devflow.schema_migrations')).toEqual([
        { version: '02' },
      ])
    },
  )

  it('while history is read again is made good; for good it makes what was applied unknown, never a success', async () => {
    await using database = await aDatabase({ major })
    const asked = 'SELECT version, name, checksum'
    await using once = await aCuttingProxy(database.url, asked, 'completed')
    await using migrator = await aMigrator(once.url, { '01_a.sql': 'create table a (n int);' })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(once.cuts()).toBe(1)

    await migrator.write('02_b.sql', 'create table b (n int);')
    await using always = await aCuttingProxy(database.url, asked, '02_b.sql', true)
    const variables = { DATABASE_URL: always.url }
    const report = await migrator.run('migrate', { variables, system: { reconnectWithinMs: 300 } })
    expect(verdict(report)).toBe('1 unknown: 02 unknown')
    expect(report.outcomes[0]?.failure?.message).toContain('history could not be read again')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })
})
