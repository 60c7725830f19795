import { describe, expect, it } from '@jest/globals'
import { withDatabase } from '../../support/postgres/a-database.js'
import { lint } from '../lint.js'

const SCHEMA = `
  create table t (a int, b int);
  create index t_b on t (b);
  create function f() returns trigger language plpgsql as 'begin return new; end';
  create type mood as enum ('wild');
  alter table t add constraint k check (b > 0);
`

const REPEATED = [
  'create table u (a int)',
  'create table if not exists u (a int)',
  'create schema app',
  'create sequence s',
  'create view v as select 1',
  'create or replace view v as select 1',
  'create materialized view v as select 1',
  "create function g() returns int language sql as 'select 1'",
  'create index i on t (a)',
  'create index on t (a)',
  'create policy p on t using (true)',
  'create trigger g before insert on t for each row execute function f()',
  "create type m as enum ('a')",
  'create domain d as int',
  'alter table t add column c int',
  'alter table t drop column b',
  'alter table t drop constraint k',
  'alter table t add constraint c check (a > 0)',
  'alter table t drop constraint if exists c, add constraint c check (a > 0)',
  'alter table t add primary key (a)',
  'alter table t alter a set not null',
  'alter table t alter a drop not null',
  'alter table t alter a set default 1',
  'alter table t enable row level security',
  'alter table t disable row level security',
  'alter table t validate constraint k',
  'alter table t rename to w',
  "alter type mood add value if not exists 'calm'",
  'drop index t_b',
  'drop index if exists t_b',
  'drop table t',
  "comment on table t is 'x'",
  'grant select on t to public',
]

describe('non-idempotent-statement', () => {
  it('finds what PostgreSQL refuses to do a second time, and nothing else', async () => {
    await withDatabase({ major: 15 }, async ({ query }) => {
      await query(SCHEMA)
      const wrong: unknown[] = []
      for (const sql of REPEATED) {
        const fails = await failsWith(query, `${sql};`, `${sql};`)
        const found = await lint(`${sql}; vacuum t;`, {
          transaction: 'none',
          on: ['non-idempotent-statement'],
        })
        const isFound = found.some(({ rule }) => rule === 'non-idempotent-statement')
        if (isFound !== (fails !== undefined)) wrong.push({ sql, fails, isFound })
      }
      expect(wrong).toEqual([])
    })
  })
})

const ADD = "alter type mood add value 'calm';"

describe('enum-value-used-in-same-transaction', () => {
  it.each([15, 18] as const)('finds what PostgreSQL %i refuses, and nothing else', async (major) => {
    await withDatabase({ major }, async ({ query }) => {
      await query(SCHEMA)
      for (const [first, second] of [
        [ADD, "select 'calm'::mood;"],
        [ADD, "create table n (m mood default 'calm');"],
        [ADD, "select 'calm'::text;"],
        [ADD, "select 'wild'::mood;"],
        [`create type m2 as enum ('a'); ${ADD.replace('mood', 'm2')}`, "select 'calm'::m2;"],
      ] as const) {
        const fails = await failsWith(query, first, second)
        const found = await lint(`${first} ${second}`, { postgres: major })
        const isFound = found.some(({ rule }) => rule === 'enum-value-used-in-same-transaction')
        expect([first, second, isFound]).toEqual([first, second, fails === '55P04'])
      }
    })
  })
})

type Query = (sql: string) => Promise<unknown>

/** The code of the server's refusal of the last statement; undefined where it takes it. The first must succeed. */
async function failsWith(query: Query, first: string, second: string): Promise<string | undefined> {
  await query('begin')
  try {
    await query(first)
    return await query(second).then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
  } finally {
    await query('rollback')
  }
}
