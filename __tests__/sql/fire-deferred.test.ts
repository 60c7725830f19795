import { expect, it } from '@jest/globals'
import { fireDeferred } from '../../src/sql/fire-deferred.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

/** Tables of constraints that wait, and what breaks each. */
const TABLES = `create table p (i int primary key, u int unique deferrable initially deferred);
create table ch (i int references p deferrable initially deferred, j int constraint now references p deferrable);
create table x (i int, exclude using btree (i with =) deferrable initially deferred);
create table part (i int references p deferrable initially deferred) partition by range (i);
create table part1 partition of part for values from (0) to (100);
create table root (i int primary key) partition by range (i);
create table root1 partition of root for values from (0) to (100);
create table root2 partition of root for values from (100) to (200);
create table under (i int references root deferrable initially deferred);
insert into p values (1, 1); insert into root values (1); insert into under values (1);
insert into ch values (1); insert into x values (1)`

const end = (client: Awaited<ReturnType<typeof aClient>>, text = '') =>
  client.query(`${fireDeferred(text)} reset search_path`)

eachMajor('what waits, at the end of a file whose transaction goes on,', (major) => {
  it.each([
    ['insert into ch values (2)', '23503'],
    ['update ch set i = 2', '23503'],
    ['delete from ch; delete from p', undefined],
    ['delete from p', '23503'],
    ['update p set i = 2', '23503'],
    ['insert into p values (2, 1)', '23505'],
    ['insert into x values (1)', '23P01'],
    ['insert into part values (2)', '23503'],
    ['insert into part1 values (2)', '23503'],
    ['delete from root', '23503'],
    ['update root set i = 101', '23503'],
    ['with d as (delete from root1) insert into ch values (1)', '23503'],
    ['savepoint a; insert into ch values (2); release a', '23503'],
    ['savepoint a; insert into ch values (2); rollback to a', undefined],
    ['set constraints now deferred; insert into ch values (1, 2)', '23503'],
    ['set local session_replication_role = replica; insert into ch values (2)', undefined],
    ['set local track_counts = off; insert into ch values (2)', '23503'],
    ['merge into p using (values (1)) v (n) on p.i = n when matched then delete', '23503'],
  ])('is checked after %s', async (sql, code) => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(TABLES)
    await client.query(`begin; ${sql}`)
    const told = await end(client, sql).then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
    expect(told).toBe(code)
  })

  it('waits again in the files that follow, whether it was there, or is made there', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(TABLES)
    await client.query('begin; insert into ch values (1); set constraints now deferred')
    await end(client, 'set constraints now deferred')
    await client.query(`insert into ch values (2); insert into p values (2, 2);
      create table later (i int references p deferrable initially deferred); insert into later values (3); insert into p values (3, 3)`)
    await end(client)
    await expect(client.query('insert into ch values (1, 7)')).rejects.toMatchObject({ code: '23503' })
  })

  it('waits no more in tables made later, where the file itself has set ALL', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(TABLES)
    await client.query('begin; set constraints all immediate')
    await end(client, 'set constraints all immediate')
    await client.query(`insert into ch values (2); insert into p values (2, 2);
      create table later (i int references p deferrable initially deferred)`)
    await expect(client.query('insert into later values (3)')).rejects.toMatchObject({ code: '23503' })
  })

  it('is done as COMMIT does it: all of it after the last statement, by the names and as the role that the file has set', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    const role = `weak_${database.name}`
    await client.query(`create role ${role}; create schema s; create table s.seen (who text, n bigint); create table t (i int);
      create function s.see() returns trigger language plpgsql as $$ begin
        insert into seen select current_user, count(*) from public.t; return null; end $$;
      create constraint trigger see after insert on t deferrable initially deferred for each row execute function s.see();
      grant all on schema s to ${role}; grant all on s.seen, t to ${role}`)
    await client.query(`begin; set local role ${role}; set local search_path = s`)
    await client.query('insert into public.t values (1); insert into public.t values (2)')
    await client.query(fireDeferred(''))
    await client.query('insert into public.t values (3); reset role')
    const seen = await client.query('select * from s.seen')
    await client.query(`rollback; drop owned by ${role}; drop role ${role}`)
    expect(seen).toEqual([
      { who: role, n: '2' },
      { who: role, n: '2' },
    ])
  })

  it('includes what it makes wait itself, in tables that nobody had touched', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`${TABLES}; create table t (i int);
      create function more() returns trigger language plpgsql as $$ begin insert into ch values (7); return null; end $$;
      create constraint trigger more after insert on t deferrable initially deferred for each row execute function more()`)
    await client.query('begin; insert into t values (1)')
    await expect(end(client)).rejects.toMatchObject({ code: '23503' })
  })

  it('is checked, and waits on, where its name is also that of another that can not wait', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`create table p (i int primary key); create table o (i int constraint c references p);
      create table ch (i int constraint c references p deferrable initially deferred)`)
    await client.query('begin; insert into p values (1); insert into ch values (1)')
    await end(client)
    await client.query('insert into ch values (2); insert into p values (2)')
    await end(client)
    await client.query('insert into ch values (3)')
    await expect(end(client)).rejects.toMatchObject({ code: '23503' })
  })

  it('is checked in a schema that is closed to the role', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    const role = `weak_${database.name}`
    await client.query(`create role ${role}; create schema closed; create table closed.p (i int primary key);
      create table closed.ch (i int references closed.p deferrable initially deferred)`)
    await client.query(`begin; insert into closed.ch values (1); set role ${role}`)
    const failed = await end(client).catch(({ code }: { code: string }) => code)
    await client.query(`rollback; drop role ${role}`)
    expect(failed).toBe('23503')
  })

  it('leaves nothing waiting that keeps a temporary table from being dropped', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`begin; create temp table p (i int primary key); create temp table o (i int constraint c references p);
      create temp table ch (i int constraint c references p deferrable initially deferred);
      insert into ch values (1); insert into p values (1)`)
    await end(client)
    await client.query('discard temp; commit')
  })

  it('takes a moment where thousands can wait', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`create table p (i int primary key, n int); insert into p values (1);
      do $$ begin for k in 1..1000 loop
        execute format('create table c%s (i int references p deferrable initially deferred)', k); end loop; end $$`)
    await client.query('begin; insert into c1 values (1); update p set n = 1')
    const [begun] = await client.query<{ at: number }>(
      'select extract(epoch from clock_timestamp())::float8 as at',
    )
    for (let file = 0; file < 5; file++) await end(client)
    const [ended] = await client.query<{ at: number }>(
      'select extract(epoch from clock_timestamp())::float8 as at',
    )
    expect((ended?.at ?? 0) - (begun?.at ?? 0)).toBeLessThan(5)
  })
})
