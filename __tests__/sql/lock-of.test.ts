import { describe, expect, it } from '@jest/globals'
import { lockOf } from '../../src/sql/lock-of.js'
import { openParser } from '../../src/sql/open-parser.js'
import { relationKey } from '../../src/sql/relation-name.js'
import { withDatabase } from '../support/postgres/a-database.js'

const SCHEMA = `
  create table parents (id bigint primary key, n int);
  create table items (id int primary key, parent_id bigint, title varchar(100), n int, at timestamp);
  create index items_n on items (n);
  create table part (k int) partition by range (k);
  create table part1 partition of part for values from (0) to (100);
  create table cand (k int);
  create table kin (n int);
  create view v as select id, title from items;
  create materialized view mv as select id from parents;
  create unique index mv_id on mv (id);
  create sequence s;
  create policy p on items using (true);
  create rule r as on insert to kin do also nothing;
  create function f() returns trigger language plpgsql as 'begin return new; end';
  create trigger g before insert on items for each row execute function f();
  alter table items add constraint c check (n > 0) not valid;
  alter table items add constraint fk foreign key (parent_id) references parents (id) not valid;
`

/** Relations that stand in the statement and the strongest lock on each. Others, such as an index's table, are not named. */
const TAKEN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['alter table items add column a int', { items: 'ACCESS EXCLUSIVE' }],
  [
    'alter table items add column a bigint references parents',
    { items: 'ACCESS EXCLUSIVE', parents: 'SHARE ROW EXCLUSIVE' },
  ],
  ['alter table items add constraint d check (n > 1) not valid', { items: 'ACCESS EXCLUSIVE' }],
  [
    'alter table items add constraint d foreign key (parent_id) references parents (id) not valid',
    { items: 'SHARE ROW EXCLUSIVE', parents: 'SHARE ROW EXCLUSIVE' },
  ],
  ['alter table items validate constraint c', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items alter n set statistics 5', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items alter n set (n_distinct = 5)', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items alter n set storage plain', { items: 'ACCESS EXCLUSIVE' }],
  ['alter table items set (fillfactor = 70)', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items set (fillfactor = 70, user_catalog_table = true)', { items: 'ACCESS EXCLUSIVE' }],
  ['alter table items reset (fillfactor)', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items cluster on items_pkey', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items set without cluster', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter table items disable trigger g', { items: 'SHARE ROW EXCLUSIVE' }],
  ['alter table items enable trigger all', { items: 'SHARE ROW EXCLUSIVE' }],
  ['alter table items enable row level security', { items: 'ACCESS EXCLUSIVE' }],
  ['alter table items alter n set statistics 5, add column b int', { items: 'ACCESS EXCLUSIVE' }],
  [
    'alter table part attach partition cand for values from (100) to (200)',
    { part: 'SHARE UPDATE EXCLUSIVE', cand: 'ACCESS EXCLUSIVE' },
  ],
  ['alter table part detach partition part1', { part: 'ACCESS EXCLUSIVE', part1: 'ACCESS EXCLUSIVE' }],
  ['alter table cand rename to cand2', { cand: 'ACCESS EXCLUSIVE' }],
  ['alter table items rename n to m', { items: 'ACCESS EXCLUSIVE' }],
  ['alter table items rename constraint c to d', { items: 'ACCESS EXCLUSIVE' }],
  ['alter index items_n rename to items_m', { items_n: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter index items_n set (fillfactor = 70)', { items_n: 'SHARE UPDATE EXCLUSIVE' }],
  ['alter index items_n set tablespace pg_default', { items_n: 'ACCESS EXCLUSIVE' }],
  ['alter trigger g on items rename to h', { items: 'ACCESS EXCLUSIVE' }],
  ['alter policy p on items rename to q', { items: 'ACCESS EXCLUSIVE' }],
  ['alter policy p on items using (false)', { items: 'ACCESS EXCLUSIVE' }],
  ['alter table items set schema pg_catalog', { items: 'ACCESS EXCLUSIVE' }],
  ['alter view v set (security_barrier = true)', { v: 'ACCESS EXCLUSIVE' }],
  ['alter materialized view mv rename to mw', { mv: 'ACCESS EXCLUSIVE' }],
  ['alter sequence s increment 2', { s: 'SHARE ROW EXCLUSIVE' }],
  ['create index on items (title)', { items: 'SHARE' }],
  ['create policy q on items using (true)', { items: 'ACCESS EXCLUSIVE' }],
  [
    'create trigger h before insert on items for each row execute function f()',
    { items: 'SHARE ROW EXCLUSIVE' },
  ],
  ['create rule t as on delete to kin do also nothing', { kin: 'ACCESS EXCLUSIVE' }],
  ['create statistics st on n, title from items', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['create publication pub for table items', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['create or replace view v as select id, title from items', { v: 'ACCESS EXCLUSIVE' }],
  [
    'create table c (a bigint references parents, b int unique references c (b))',
    { parents: 'SHARE ROW EXCLUSIVE' },
  ],
  ['create table c partition of part for values from (300) to (400)', { part: 'ACCESS EXCLUSIVE' }],
  ['create table c () inherits (kin)', { kin: 'SHARE UPDATE EXCLUSIVE' }],
  ['create table c (a int)', {}],
  ['create view w as select 1', {}],
  ['drop index items_n', { items_n: 'ACCESS EXCLUSIVE' }],
  ['drop table cand', { cand: 'ACCESS EXCLUSIVE' }],
  ['drop view v', { v: 'ACCESS EXCLUSIVE' }],
  ['drop policy p on items', { items: 'ACCESS EXCLUSIVE' }],
  ['drop trigger g on public.items', { items: 'ACCESS EXCLUSIVE' }],
  ['drop rule r on kin', { kin: 'ACCESS EXCLUSIVE' }],
  ['drop function if exists nothing()', {}],
  ['truncate kin, cand', { kin: 'ACCESS EXCLUSIVE', cand: 'ACCESS EXCLUSIVE' }],
  ['reindex index items_n', { items_n: 'ACCESS EXCLUSIVE' }],
  ['reindex table items', { items: 'SHARE' }],
  ['refresh materialized view mv', { mv: 'ACCESS EXCLUSIVE' }],
  ['refresh materialized view concurrently mv', { mv: 'EXCLUSIVE' }],
  ['cluster items using items_pkey', { items: 'ACCESS EXCLUSIVE' }],
  ['analyze items', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ["comment on table items is 'x'", { items: 'SHARE UPDATE EXCLUSIVE' }],
  ["comment on column items.n is 'x'", { items: 'SHARE UPDATE EXCLUSIVE' }],
  ["comment on view v is 'x'", { v: 'SHARE UPDATE EXCLUSIVE' }],
  ['lock table items', { items: 'ACCESS EXCLUSIVE' }],
  ['lock items in row share mode', { items: 'ROW SHARE' }],
  ['lock items in share row exclusive mode', { items: 'SHARE ROW EXCLUSIVE' }],
  ['insert into kin values (1)', { kin: 'ROW EXCLUSIVE' }],
  ['update kin set n = 1', { kin: 'ROW EXCLUSIVE' }],
  ['delete from kin', { kin: 'ROW EXCLUSIVE' }],
  ['merge into cand using kin on n = k when matched then delete', { cand: 'ROW EXCLUSIVE' }],
  ['select * from items', { items: 'ACCESS SHARE' }],
  ['select * from items for update', { items: 'ROW SHARE' }],
]

/** Those that no transaction can hold for us to look at. From the documentation of PostgreSQL. */
const OUTSIDE: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['create index concurrently on items (n)', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['drop index concurrently items_n', { items_n: 'SHARE UPDATE EXCLUSIVE' }],
  ['reindex index concurrently items_n', { items_n: 'SHARE UPDATE EXCLUSIVE' }],
  ["reindex (concurrently 'false') index items_n", { items_n: 'ACCESS EXCLUSIVE' }],
  ['vacuum items', { items: 'SHARE UPDATE EXCLUSIVE' }],
  ['vacuum (full) items', { items: 'ACCESS EXCLUSIVE' }],
  ['vacuum (full off) items', { items: 'SHARE UPDATE EXCLUSIVE' }],
  [
    'alter table part detach partition part1 concurrently',
    { part: 'SHARE UPDATE EXCLUSIVE', part1: 'ACCESS EXCLUSIVE' },
  ],
]

describe('the locks of a statement', () => {
  it.each([...TAKEN, ...OUTSIDE])('are, of %s, %j', async (sql, expected) => {
    expect(await locksOf(sql)).toEqual(expected)
  })

  it('may fail to be taken where IF EXISTS or OR REPLACE is said', async () => {
    for (const sql of [
      'drop table if exists t',
      'alter table if exists t add column a int',
      'create or replace view t as select 1',
    ])
      expect((await parsed(sql))[0]?.onlyIfThere).toBe(true)
    expect((await parsed('drop table t'))[0]?.onlyIfThere).toBeUndefined()
  })

  it.each([15, 18] as const)('are those that PostgreSQL %i takes', async (major) => {
    await withDatabase({ major }, async ({ query }) => {
      await query(SCHEMA)
      const names = new Map(
        (
          await query<{ oid: number; relname: string }>(
            'select oid::int, relname from pg_class where oid >= 16384',
          )
        ).map(({ oid, relname }) => [oid, relname]),
      )
      const wrong: unknown[] = []
      for (const [sql, expected] of TAKEN) {
        const taken = await takenBy(query, sql, names)
        for (const [relation, mode] of Object.entries(expected))
          if (strongest(taken.get(relation)) !== mode)
            wrong.push({ sql, relation, taken: taken.get(relation), mode })
      }
      expect(wrong).toEqual([])
    })
  })
})

type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>

async function takenBy(
  query: Query,
  sql: string,
  names: ReadonlyMap<number, string>,
): Promise<Map<string, string[]>> {
  await query('begin')
  try {
    await query(sql)
    const rows = await query(
      "select relation::int, mode from pg_locks where pid = pg_backend_pid() and locktype = 'relation'",
    )
    const taken = new Map<string, string[]>()
    for (const { relation, mode } of rows) {
      const name = names.get(Number(relation)) ?? ''
      taken.set(name, [...(taken.get(name) ?? []), String(mode)])
    }
    return taken
  } finally {
    await query('rollback')
  }
}

const ORDER = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
]

function strongest(modes: readonly string[] = []): string | undefined {
  const last = modes.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).at(-1)
  return last
    ?.replace(/Lock$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
}

async function locksOf(sql: string): Promise<Record<string, string>> {
  const locks = await parsed(sql)
  return Object.fromEntries(
    locks.map(({ relation, mode }) => [relationKey(relation).replace('public.', ''), mode]),
  )
}

async function parsed(sql: string) {
  const read = (await openParser()).parse(sql)
  return read.kind === 'statements' ? read.statements.flatMap(lockOf) : []
}
