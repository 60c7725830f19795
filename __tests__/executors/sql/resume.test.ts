import { expect, it } from '@jest/globals'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { runOnce } from './a-cut-work.js'
import { aRunnable } from './a-work.js'

const declared = `-- devflow:no-transaction
create table t (n int);
insert into t values (1);
set search_path = s, public;
create table in_s ();
create index concurrently i on t (n);
create index concurrently on t (n);
begin;
  insert into t values (2); savepoint a; insert into t values (99); rollback to a;
commit;
begin; insert into t values (98); rollback;
start transaction read only; select * from t; commit;
drop index concurrently i;
reindex table concurrently t;
vacuum t;
do $$ begin insert into t values (3); end $$;
alter table p detach partition q concurrently;
create table also_in_s ();`

const mixed = `create table t (n int); insert into t values (1); set search_path = s, public; create table in_s ();
create index concurrently i on t (n);
create index concurrently on t (n);
insert into t values (2); drop index concurrently i; vacuum t; alter table p detach partition q concurrently;
insert into t values (3); create table also_in_s ();`

const prepareDatabase = `drop table if exists t, p, q; drop schema if exists s, devflow cascade; create schema s;
create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9);`

async function stateOf(database: TestDatabase) {
  const [state] = await database.query(`select
    (select array_agg(n order by n) from t) as rows,
    (select count(*)::int from pg_index where indrelid = to_regclass('t') and indisvalid) as indexes,
    (select count(*)::int from pg_index where not indisvalid) as invalid,
    (select count(*)::int from pg_inherits) as partitions,
    (select count(*)::int from pg_class where relnamespace = 's'::regnamespace) as in_s,
    (select array_agg(version || ' ' || status || ' ' || coalesce(journal, '-')) from devflow.schema_migrations) as records`)
  return state
}

const done = {
  rows: [1, 2, 3],
  indexes: 1,
  invalid: 0,
  partitions: 0,
  in_s: 2,
  records: ['01 completed -'],
}

eachMajor('a file outside a transaction that is cut off', (major) => {
  it.each([
    ['declared no-transaction', declared],
    ['of both kinds of statements', mixed],
  ])(
    'at any message, %s, is carried on by the next run, and each statement is done once',
    async (_, text) => {
      await using database = await aDatabase({ major })
      const migrations = [await aRunnable('01_a.sql', text)]
      await database.query(prepareDatabase)
      const { outcomes, sent } = await runOnce(database.url, migrations)
      expect(outcomes).toMatchObject([{ state: 'applied' }])
      expect(await stateOf(database)).toEqual(done)
      const wrong: unknown[] = []
      // To be cut before a message is to be cut after the one before it: the server has seen the same.
      for (const at of sent.keys()) {
        await database.query(prepareDatabase)
        const first = await runOnce(database.url, migrations, { at, when: 'after' })
        const second = await runOnce(database.url, migrations)
        const states = [...first.outcomes, ...second.outcomes].map(({ state }) => state)
        const end = await stateOf(database)
        // Completed when it was cut: this executor is not handed such a file, and refuses to begin it.
        const again = second.outcomes[0]?.failure?.code === 'DF001'
        if (JSON.stringify(end) !== JSON.stringify(done) || !(states[1] === 'applied' || again))
          wrong.push({ at, sent: sent[at], states, end, failure: second.outcomes[0]?.failure })
      }
      expect(wrong).toEqual([])
      expect(sent.length).toBeGreaterThan(20)
    },
    120_000,
  )

  it('in a CALL, of which nothing shows whether it is done, is unknown, and recorded so once', async () => {
    await using database = await aDatabase({ major })
    await database.query('create procedure p() language plpgsql as $$ begin commit; end $$')
    const migrations = [await aRunnable('01_a.sql', '-- devflow:no-transaction\ncall p();')]
    const { sent } = await runOnce(database.url, migrations)
    await database.query('drop schema devflow cascade')
    const at = sent.indexOf('call p()')
    expect((await runOnce(database.url, migrations, { at, when: 'after' })).outcomes).toMatchObject([
      { state: 'unknown', failure: { code: 'connection-lost' } },
    ])
    for (let times = 1; times <= 2; times++)
      expect((await runOnce(database.url, migrations)).outcomes).toMatchObject([
        { state: 'unknown', failure: { code: 'DF007' } },
      ])
    expect(await database.query('select status from devflow.schema_migrations')).toEqual([
      { status: 'unknown' },
    ])
    const events = "select event from devflow.migration_history where version = '01' order by seq"
    expect(await database.query(events)).toEqual([{ event: 'started' }, { event: 'unknown' }])
  })

  it.each([
    ['create unique index concurrently i on t (n)', 'INVALID', { indexes: 2 }],
    ['create index concurrently on t (n)', 'INVALID', { indexes: 2 }],
    ['create index concurrently if not exists "I x" on t (n)', 'INVALID', { indexes: 2 }],
    ['drop index concurrently old', 'INVALID', { indexes: 0 }],
    ['reindex index concurrently old', 'INVALID', { indexes: 1 }],
    ['reindex table concurrently t', 'INVALID', { indexes: 1 }],
    ['alter table p detach partition q concurrently', 'pending', { indexes: 1, partitions: 0 }],
  ])('in the middle of %s is mended by the next run', async (sql, between, expected) => {
    await using database = await aDatabase({ major })
    await database.query(`create table t (n int, long text); create index old on t (n);
      create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9)`)
    const migrations = [await aRunnable('01_a.sql', `create table first (); ${sql}; create table last ();`)]
    await using other = await aClient(database.url)
    await other.query('begin; insert into t values (7); insert into p values (7);')
    const running = runOnce(database.url, migrations)
    const word = sql.split(' ')[0]
    await until(async () => {
      const ended = await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = $1 and wait_event_type = 'Lock' and query like $2`,
        [database.name, `${word}%concurrently%`],
      )
      return ended.length > 0
    })
    expect((await running).outcomes).toMatchObject([{ state: 'unknown' }])
    await other.query('commit')
    expect(await leftOver(database)).toContain(between)
    const second = await runOnce(database.url, migrations)
    expect(second.outcomes).toMatchObject([{ state: 'applied' }])
    expect(second.notes).toEqual(['01_a.sql goes on at statement 2 of 3.'])
    expect(await leftOver(database)).toEqual([])
    const [state] = await database.query(`select
      (select count(*)::int from pg_index where indrelid = 't'::regclass) as indexes,
      (select count(*)::int from pg_inherits) as partitions`)
    expect(state).toEqual({ partitions: 1, ...expected })
  })
})

async function leftOver(database: TestDatabase): Promise<unknown[]> {
  const rows = await database.query<{
    what: string
  }>(`select distinct 'INVALID' as what from pg_index where not indisvalid
    union select 'pending' from pg_inherits where inhdetachpending`)
  return rows.map(({ what }) => what)
}
