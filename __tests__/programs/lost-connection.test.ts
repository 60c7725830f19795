import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

/** Sleeps when it is applied, not when it is rehearsed. */
const sleepsWhenApplied = `insert into a values (1);
  select pg_sleep(case when exists (select from devflow.schema_migrations where status = 'running') then 30 else 0 end);
  insert into a values (2);`

eachMajor('a lost connection', (major) => {
  it('in the middle of a file leaves nothing of it, and the next run applies it once', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', sleepsWhenApplied)
    await migrator.write('03_c.sql', 'insert into a values (3);')
    const running = migrator.run('migrate')
    await until(async () => {
      const killed = await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = $1 and pid <> pg_backend_pid() and wait_event = 'PgSleep'`,
        [database.name],
      )
      return killed.length > 0
    })
    const report = await running
    expect(verdict(report)).toBe('1 failed: 02 failed, 03 not-run')
    expect(report.outcomes[0]?.failure).toMatchObject({ code: 'connection-lost' })
    expect(report.ready).toBe(false)
    expect(report.records.map(({ version, status }) => `${version} ${status}`)).toEqual(['01 completed'])
    expect(await database.query('select n from a')).toEqual([])

    await migrator.write('02_b.sql', sleepsWhenApplied.replace('30', '0'))
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied, 03 applied')
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('after the server has committed the last file is told as applied, because history says so', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "SET status = 'completed'", 'COMMIT')
    await using migrator = await aMigrator(proxy.url, { '01_a.sql': 'create table a (n int);' })
    const report = await migrator.run('migrate')
    expect(proxy.cuts()).toBe(1)
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.ready).toBe(true)
    expect(trouble(report)).not.toContain('connection')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('after the server has committed a file is no success while others are not run', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "SET status = 'completed'", 'COMMIT')
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (2);',
    })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 not-run')
    expect(report.ready).toBe(false)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await database.query('select n from a')).toEqual([{ n: 2 }])
  })

  it('at the reset after a file leaves that file applied', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "SET status = 'completed'", 'DISCARD')
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (2);',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 01 applied, 02 not-run')
    expect(proxy.cuts()).toBe(1)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
  })

  it('before anything of a file outside a transaction is a failure, and in it is unknown until somebody looks', async () => {
    await using database = await aDatabase({ major })
    const files = { '01_a.sql': 'create table a (n int);', '02_b.sql': 'insert into a values (1); vacuum a;' }
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate', { given: { to: '01' } })

    await using atStart = await aCuttingProxy(database.url, "'running'", 'DO')
    await database.query('alter table devflow.schema_migrations add check (false) not valid')
    const early = await migrator.run('migrate', { variables: { DATABASE_URL: atStart.url } })
    expect([atStart.cuts(), verdict(early)]).toEqual([1, '1 failed: 02 failed'])
    await database.query('alter table devflow.schema_migrations drop constraint schema_migrations_check')

    await using atVacuum = await aCuttingProxy(database.url, 'vacuum a', 'VACUUM')
    const variables = { DATABASE_URL: atVacuum.url }
    const report = await migrator.run('migrate', { variables })
    expect(verdict(report)).toBe('1 unknown: 02 unknown')
    expect(report.records.at(-1)).toMatchObject({ version: '02', status: 'running', statementsDone: 1 })
    expect(verdict(await migrator.run('migrate'))).toBe('1 refused')
    expect(await database.query('select n from a')).toEqual([{ n: 1 }])
  })

  it('when a file ends its own connection is a failure of that file', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (1); select pg_terminate_backend(pg_backend_pid());',
    })
    const report = await migrator.run('migrate')
    expect(report).toMatchObject({ exitCode: 1, status: 'failed', ready: false })
    expect(report.rehearsal[1]).toMatchObject({ state: 'failed', failure: { code: 'connection-lost' } })
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
  })

  it('while history is read again makes what was applied unknown, never a success', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, 'SELECT version, name, checksum', 'completed')
    await using migrator = await aMigrator(proxy.url, { '01_a.sql': 'create table a (n int);' })
    const report = await migrator.run('migrate')
    expect(proxy.cuts()).toBe(1)
    expect(verdict(report)).toBe('1 unknown: 01 unknown')
    expect(report.outcomes[0]?.failure?.message).toContain('history could not be read again')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })
})
