import { expect, it } from '@jest/globals'
import { parseRecords, recordsQuery } from '../../../src/database/read-history.js'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Outcome } from '../../../src/model/outcome.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { anUnreadable, aRunnable, aWork } from './a-work.js'

const states = (outcomes: readonly Outcome[]) => outcomes.map(({ version, state }) => `${version} ${state}`)

const records = (database: TestDatabase) =>
  database.query('select version, status from devflow.schema_migrations order by version')

const table = 'create table t (n int);'
const first = aRunnable('01_t.sql', table)

const aTrigger = (when: string, body: string) =>
  `create function f() returns trigger language plpgsql as $$begin ${body} end$$; create trigger z ${when} for each row execute function f();`

eachMajor('the executor', (major) => {
  it('stops at the first file that fails, with an outcome for each', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', 'insert into t values (1); select 1/0;'),
      await aRunnable('03_c.sql', 'insert into t values (3);'),
    ])
    expect(states(await applySql(work))).toEqual(['01 applied', '02 failed', '03 not-run'])
    expect(await database.query('select * from t')).toEqual([])
    expect(await records(database)).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'failed' },
    ])
  })

  it.each([
    ['deletes its record', 'delete from devflow.schema_migrations;'],
    ['completes its record itself', `update devflow.schema_migrations set status = 'completed';`],
    ['gives its record to another transaction', `update devflow.schema_migrations set transaction_id = '3';`],
    ['drops the tracking table', 'drop table devflow.schema_migrations cascade;'],
    ['drops the schema of the tables', 'drop schema devflow cascade;'],
    ['empties it', 'truncate devflow.schema_migrations;'],
    ['renames it', 'alter table devflow.schema_migrations rename to mine;'],
    ['makes the transaction read only', 'set transaction read only;'],
    [
      'makes updates of it come to nothing',
      'create rule r as on update to devflow.schema_migrations do instead nothing;',
    ],
    [
      'makes events of it come to nothing',
      'create rule r as on insert to devflow.migration_history do instead nothing;',
    ],
    [
      'has a trigger change its record',
      aTrigger('before update on devflow.schema_migrations', `new.status := 'failed'; return new;`),
    ],
    [
      'has a trigger delete its record',
      aTrigger(
        'after update on devflow.schema_migrations',
        'delete from devflow.schema_migrations where version = new.version; return null;',
      ),
    ],
    ['has a trigger drop its event', aTrigger('before insert on devflow.migration_history', 'return null;')],
  ])('keeps nothing of a file that %s', async (_, sql) => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', `insert into t values (1); ${sql}`),
      await aRunnable('03_c.sql', 'insert into t values (3);'),
    ])
    expect(states(await applySql(work))).toEqual(['01 applied', '02 failed', '03 not-run'])
    expect(await database.query('select * from t')).toEqual([])
    expect(await records(database)).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'failed' },
    ])
  })

  it('says of what was never sent that it was not run, where the connection is lost for good', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', 'select pg_terminate_backend(pg_backend_pid());'),
      await aRunnable('03_c.sql', 'vacuum t;'),
      await aRunnable('04_d.sql', 'insert into t values (4);'),
    ])
    expect(states(await applySql(work))).toEqual(['01 applied', '02 unknown', '03 not-run', '04 not-run'])
  })

  it.each([
    ['releases', 'select pg_advisory_unlock_all();'],
    [
      'has a trigger of the history release',
      aTrigger('after insert on devflow.migration_history', 'perform pg_advisory_unlock_all(); return null;'),
    ],
  ])('keeps nothing of a file that %s the lock of the run', async (_, sql) => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', `insert into t values (1); ${sql}`),
      await aRunnable('03_c.sql', 'insert into t values (3);'),
    ])
    const outcomes = await applySql(work)
    expect(states(outcomes)).toEqual(['01 applied', '02 failed', '03 not-run'])
    expect(outcomes[1]?.failure).toMatchObject({
      code: 'DF002',
      message: expect.stringContaining('pg_advisory_unlock_all'),
    })
    expect(await database.query('select * from t')).toEqual([])
  })

  it('keeps nothing of a statement in a transaction of its own that releases the lock', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable(
        '02_b.sql',
        '-- devflow:no-transaction\nwith x as (select pg_advisory_unlock_all()) insert into t select 7 from x;',
      ),
    ])
    expect(states(await applySql(work))).toEqual(['01 applied', '02 failed'])
    expect(await database.query('select n from t')).toEqual([])
  })

  it('calls partial what was done in no transaction, and writes nothing once the lock is gone', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create procedure p() language plpgsql as
      $$ begin insert into t values (7); commit; perform pg_advisory_unlock_all(); end $$`)
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', '-- devflow:no-transaction\ncall p();'),
    ])
    const outcomes = await applySql(work)
    expect(states(outcomes)).toEqual(['01 applied', '02 partial'])
    expect(outcomes[1]?.failure).toMatchObject({
      code: 'DF002',
      message: expect.stringContaining('not recorded'),
    })
    expect(await database.query('select n from t')).toEqual([{ n: 7 }])
    expect(
      await database.query(
        `select status, statements_done from devflow.schema_migrations where version = '02'`,
      ),
    ).toEqual([{ status: 'running', statements_done: 0 }])
  })

  it.each([
    ['is applied', 'insert into t values (1);', 'applied', 1],
    ['fails', 'insert into t values (1); select 1/0;', 'failed', 0],
    [
      'fails with an error that is tried again elsewhere',
      `insert into t values (1); do $$ begin raise sqlstate 'P0001'; end $$;`,
      'failed',
      0,
    ],
    ['swallows what follows it', 'insert into t values (1); /*', 'failed', 0],
    [
      'drops the tracking table',
      'insert into t values (1); drop table devflow.schema_migrations;',
      'failed',
      0,
    ],
    ['commits in the middle', 'insert into t values (1); commit; insert into t values (2);', 'partial', 2],
    ['commits and fails', 'insert into t values (1); commit; select 1/0;', 'partial', 1],
    [
      'commits and meets a lock',
      `insert into t values (1); commit; do $$ begin raise sqlstate '55P03'; end $$;`,
      'partial',
      1,
    ],
    ['commits, begins and fails', 'insert into t values (1); commit; begin; select 1/0;', 'partial', 1],
    [
      'commits and begins',
      'insert into t values (1); commit; begin; insert into t values (2);',
      'partial',
      1,
    ],
    [
      'commits and goes on in a chain',
      'insert into t values (1); commit and chain; insert into t values (2);',
      'partial',
      1,
    ],
    [
      'rolls back and goes on alone',
      'insert into t values (1); rollback; insert into t values (2);',
      'partial',
      1,
    ],
    [
      'rolls back, keeps some and fails',
      'rollback; begin; insert into t values (2); commit; begin; select 1/0;',
      'partial',
      1,
    ],
  ])('says the truth of an unreadable file that %s', async (_, sql, state, rows) => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [await first, anUnreadable('02_b.sql', sql)])
    expect(states(await applySql(work))).toEqual(['01 applied', `02 ${state}`])
    expect(await database.query('select n from t')).toHaveLength(Number(rows))
    expect(await records(database)).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: state === 'applied' ? 'completed' : state },
    ])
  })

  it('does not send again an unreadable file that committed before its connection was lost', async () => {
    await using database = await aDatabase({ major })
    const text = 'insert into t values (1); commit; select pg_terminate_backend(pg_backend_pid());'
    const migrations = [await first, anUnreadable('02_b.sql', text)]
    await using work = await aWork(database.url, migrations)
    await using again = await aWork(database.url, migrations)
    const tracking = { schema: 'devflow', table: 'schema_migrations', version: 4 } as const
    const outcomes = await applySql({
      ...work,
      reconnect: async () => {
        const { session, backend, bookkeeping } = again
        const records = parseRecords(await session.send(recordsQuery(tracking)))
        return { session, backend, bookkeeping, records }
      },
    })
    expect(states(outcomes)).toEqual(['01 applied', '02 partial'])
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])
  })

  it('reads strings as the parser does, whatever the database is set to', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set standard_conforming_strings = off`)
    await using work = await aWork(database.url, [
      await first,
      // To the parser all of this is one string; to a server left at that setting it ends before COMMIT.
      // To the parser all of this is one string; to a server of that setting it ends before COMMIT.
      await aRunnable('02_b.sql', `insert into t values (1); select '\\''; commit; select 1/0; --'`),
    ])
    expect(states(await applySql(work))).toEqual(['01 applied', '02 applied'])
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])
    expect(await records(database)).toContainEqual({ version: '02', status: 'completed' })
  })

  it('tries again until a lock is released, with pauses that differ', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable(
        '02_b.sql',
        '-- devflow:lock-timeout=20ms\ninsert into t values (1); alter table held add n int;',
      ),
    ])
    await using other = await aClient(database.url)
    await other.query('create table held ()')
    await other.query('begin')
    await other.query('lock table held in share mode')
    const applying = applySql(work)
    const retries = () => work.events.filter((event) => event.kind === 'retrying')
    await until(async () => retries().length >= 3)
    await other.query('commit')
    const [, outcome] = await applying
    expect(outcome).toMatchObject({ state: 'applied', attempts: retries().length + 1 })
    expect(retries()[0]).toMatchObject({
      name: '02_b.sql',
      attempt: 1,
      limit: 10,
      reason: 'canceling statement due to lock timeout',
    })
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])
    expect(
      await database.query(`select event from devflow.migration_history where event = 'applied'`),
    ).toHaveLength(2)
  })

  it('does not wait in a transaction between two tries', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await first,
      await aRunnable('02_b.sql', '-- devflow:lock-timeout=1ms\nlock table t; alter table held add n int;'),
    ])
    await using other = await aClient(database.url)
    await other.query('create table held ()')
    await other.query('begin')
    await other.query('lock table held in share mode')
    const applying = applySql(work)
    await until(async () => work.events.filter((event) => event.kind === 'retrying').length >= 3)
    // It may be trying just then.
    const idle = `select from pg_stat_activity where pid = $1 and state = 'idle'`
    await until(async () => (await database.query(idle, [work.session.processId])).length === 1)
    expect(await database.query('select n from t')).toEqual([])
    await other.query('rollback')
    expect(states(await applying)).toEqual(['01 applied', '02 applied'])
  })

  it('does not warn in the log of transactions that are not there', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await aRunnable('01_a.sql', 'create table a (); vacuum nowhere;'),
    ])
    expect(states(await applySql(work))).toEqual(['01 partial'])
    expect(work.events.filter((event) => event.kind === 'notice')).toEqual([])
  })

  it('answers a COPY FROM STDIN that it has no rows for with an error at its place', async () => {
    await using database = await aDatabase({ major })
    const file = await aRunnable('01_a.sql', 'create table a (n int);\ncopy a from stdin;\n\\.\n')
    const statements = file.statements?.map(({ span }) => ({ span })) ?? []
    await using work = await aWork(database.url, [{ ...file, statements }])
    const [outcome] = await applySql(work)
    expect(outcome).toMatchObject({ state: 'failed', failure: { statement: 2, position: { line: 2 } } })
    expect(outcome?.failure?.message).toContain('the file holds no rows for this COPY FROM STDIN')
  })
})
