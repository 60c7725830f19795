import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, rehearsed, verdict } from './a-migrator.js'

const table = 'create table t (n int, xid xid8 default pg_current_xact_id());'

const transactions = (database: TestDatabase) =>
  database.query('select array_agg(n order by n) as rows from t group by xid order by min(n)')

const record = (database: TestDatabase) =>
  database.query(`select status, statements_done as done from devflow.schema_migrations where version = '02'`)

const asleep = (database: TestDatabase) =>
  database.query(`select from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`, [
    database.name,
  ])

/** Ends the sessions that wait for a lock on the tracking table. */
const endWaiting = (database: TestDatabase) =>
  database.query(
    `select pg_terminate_backend(pid) from pg_locks
     where not granted and relation = 'devflow.schema_migrations'::regclass
       and database = (select oid from pg_database where datname = $1)`,
    [database.name],
  )

const pairs = `begin; insert into t values (1); insert into t values (2); commit;
start transaction isolation level serializable; insert into t values (3); end;
insert into t values (4);
begin; insert into t values (90); rollback;
begin; insert into t values (5); savepoint s; insert into t values (91); rollback to s; release s; commit;
begin; set transaction read only; select count(*) from t; commit;
commit;`

eachMajor('a file with transactions of its own', (major) => {
  it.each([
    ['that declares it', `-- devflow:no-transaction\n${pairs}`, ''],
    ['that is listed as legacy', pairs, 'legacy: ["02*"]'],
  ])('%s is carried out as it stands', async (_, text, setting) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': table, '02_a.sql': text })
    await migrator.project.write(
      'devflow.yml',
      `database:\n  migrations:\n    directory: migrations\n    ${setting}\n  environments:\n    test:\n      url_env: DATABASE_URL\n      class: development\n`,
    )
    const report = await migrator.run('migrate')
    expect(report.problems).toEqual([])
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 partly-rehearsed')
    expect(report.outcomes[1]).toMatchObject({
      mode: 'no-transaction',
      atomicity: `statements 1-4 in one transaction, the file's own; 5-7 in one transaction, the file's own; 8 in a transaction of its own; 9-11 in one transaction, the file's own, which it rolls back; 12-18 in one transaction, the file's own; 19-22 in one transaction, the file's own, which is read only; 23 (COMMIT) alone`,
    })
    expect(await transactions(database)).toEqual([
      { rows: [1, 2] },
      { rows: [3] },
      { rows: [4] },
      { rows: [5] },
    ])
    expect(await record(database)).toEqual([{ status: 'completed', done: 23 }])
  })

  it('runs each statement in a transaction of its own where transaction is none', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': table,
      '02_a.sql': `insert into t values (1); insert into t values (2); begin; insert into t values (3); commit;`,
    })
    const report = await migrator.run('migrate', { given: { transaction: 'none' } })
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
    expect(report.outcomes[1]?.atomicity).toBe(
      `statements 1-2 each in a transaction of its own; 3-5 in one transaction, the file's own`,
    )
    expect(await transactions(database)).toEqual([{ rows: [1] }, { rows: [2] }, { rows: [3] }])
  })

  it('keeps nothing of a transaction that fails, and tells what of the file is done', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': table })
    await migrator.run('migrate')
    const text = `-- devflow:no-transaction\ninsert into t values (1);\nbegin;\ninsert into t values (2);\nselect 1/n from t;\nselect 1/0;\ncommit;`
    await migrator.write('02_a.sql', text)
    const failed = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(failed)).toBe('1 partial: 02 partial')
    expect(failed.outcomes[0]?.failure).toMatchObject({ code: '22012', statement: 5, position: { line: 6 } })
    expect(await transactions(database)).toEqual([{ rows: [1] }])
    expect(await record(database)).toEqual([{ status: 'partial', done: 1 }])
    await migrator.write('02_a.sql', text.replace('1/0', '1/1'))
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await transactions(database)).toEqual([{ rows: [1] }, { rows: [2] }])
  })

  it('is done once where its session ends at the record of a transaction that began read only, and wrote', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': table,
      '02_a.sql': `-- devflow:no-transaction
begin read only; set transaction read write; insert into t values (1); select pg_sleep(3); commit;
begin; set transaction read only; select count(*) from t; commit;`,
    })
    await migrator.run('migrate', { given: { to: '01' } })
    await using other = await aClient(database.url)
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    await until(async () => (await asleep(database)).length > 0)
    await other.query('begin; lock table devflow.schema_migrations in share mode')
    await until(async () => (await endWaiting(database)).length > 0)
    await other.query('rollback')
    expect(verdict(await running)).toBe('0 applied: 02 applied')
    expect(await transactions(database)).toEqual([{ rows: [1] }])
  })

  it('is failed where a transaction that is read only writes a large object, as PostgreSQL 15 lets it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '02_a.sql': '-- devflow:no-transaction\nbegin read only; select lo_create(4711); commit; select 1;',
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 failed: 02 failed')
    expect(report.outcomes[0]?.failure?.code).toBe(major === 15 ? 'DF011' : '25006')
    expect(await database.query('select oid from pg_largeobject_metadata')).toEqual([])
  })

  it('is failed, not partial, where its first transaction fails', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '02_a.sql': '-- devflow:no-transaction\nbegin; create table u (); select 1/0; commit; select 1;',
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 failed: 02 failed')
    expect(await database.query(`select to_regclass('u') as u`)).toEqual([{ u: null }])
    expect(await record(database)).toEqual([{ status: 'failed', done: 0 }])
  })

  it('tries a transaction of its own again while it only fails to get a lock', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table held ();',
      '02_a.sql':
        '-- devflow:no-transaction\n-- devflow:lock-timeout=50ms\nbegin; create table u (); alter table held add n int; commit;',
    })
    await migrator.run('migrate', { given: { to: '01' } })
    await using other = await aClient(database.url)
    await other.query('begin')
    await other.query('lock table held in share mode')
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    const retries = () => migrator.events.filter((event) => event.kind === 'retrying')
    await until(async () => retries().length >= 2)
    await other.query('commit')
    const report = await running
    expect(verdict(report)).toBe('0 applied: 02 applied')
    expect(report.outcomes[0]?.attempts).toBe(retries().length + 1)
  })

  it.each([
    ['begin; select 1; commit and chain; commit;', 'COMMIT AND CHAIN opens another transaction'],
    ['begin; select 1; rollback and chain; commit;', 'ROLLBACK AND CHAIN opens another transaction'],
    [`begin; select 1; prepare transaction 'x';`, 'PREPARE TRANSACTION leaves a transaction behind'],
    [`begin; commit prepared 'x'; commit;`, 'COMMIT PREPARED can not run in a transaction'],
    ['begin; vacuum; commit;', 'VACUUM can not run in a transaction'],
    ['begin; select 1;', 'BEGIN never ends in this file'],
    ['begin; begin read only; commit;', 'BEGIN READ ONLY stands in a transaction'],
    ['savepoint a; select 1;', 'SAVEPOINT stands in no transaction'],
    ['begin; select 1; set transaction read only; commit;', 'makes the transaction read only in its middle'],
    ["begin; select 1; set local transaction_read_only = 'tr'; commit;", 'read only in its middle'],
    ['begin; select 1; set "Transaction_Read_Only" to 1; commit;', 'read only in its middle'],
    [
      'begin; select 1; reset transaction_read_only; commit;',
      'makes the transaction read only, or not, in its',
    ],
    [
      'begin; set transaction_read_only to default; commit;',
      'makes the transaction read only, or not, in its',
    ],
    ['begin; savepoint s; set transaction read only; rollback to s; commit;', 'read only in its middle'],
    ['begin read only; select 1; set transaction read write; commit;', 'read write in its middle'],
  ])('is refused before it runs where it is not clear where it ends: %s', async (text, message) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `-- devflow:no-transaction\ncreate table u ();\n${text}`,
    })
    for (const command of ['validate', 'migrate']) {
      const report = await migrator.run(command)
      expect(report.exitCode).toBe(1)
      expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
        { rule: 'transaction-control', position: { line: 3 }, message: expect.stringContaining(message) },
      ])
    }
    expect(await database.query(`select to_regclass('u') as u`)).toEqual([{ u: null }])
  })

  it('says the ways out where it declares nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'select 1; commit; select 2;' })
    const report = await migrator.run('validate')
    expect(report.findings).toMatchObject([
      { rule: 'transaction-control', help: expect.stringMatching(/split.*no-transaction.*legacy/s) },
    ])
  })
})
