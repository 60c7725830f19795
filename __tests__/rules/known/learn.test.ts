import { describe, expect, it } from '@jest/globals'
import type { Known } from '../../../src/rules/known/known.js'
import { learn } from '../../../src/rules/known/learn.js'
import { makeState } from '../../../src/rules/known/state.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'

describe('what files make', () => {
  it('is a table with its columns, constraints and indexes', async () => {
    const known = await knownAfter(`create table orders (
      id bigint primary key, email varchar(100) not null default 'a' check (email <> ''), user_id int references users,
      constraint total unique (email, user_id));
      create index on orders using gin (lower(email), id) where id > 1;`)
    const orders = known.named(['orders'])
    expect(
      [...(orders?.columns.values() ?? [])].map(({ name, type, notNull, hasDefault }) => ({
        name,
        type,
        notNull,
        hasDefault,
      })),
    ).toEqual([
      { name: 'id', type: 'int8', notNull: true, hasDefault: false },
      { name: 'email', type: 'varchar(100)', notNull: true, hasDefault: true },
      { name: 'user_id', type: 'int4', notNull: false, hasDefault: false },
    ])
    expect(
      orders?.constraints.map(({ kind, columns, name, references }) => ({ kind, columns, name, references })),
    ).toEqual([
      { kind: 'primary-key', columns: ['id'] },
      { kind: 'not-null', columns: ['email'] },
      { kind: 'check', columns: ['email'] },
      { kind: 'foreign-key', columns: ['user_id'], references: 'public.users' },
      { kind: 'unique', columns: ['email', 'user_id'], name: 'total' },
    ])
    expect(
      orders?.indexes.map(({ columns, unique, method, partial }) => ({ columns, unique, method, partial })),
    ).toEqual([
      { columns: ['id'], unique: true, method: 'btree', partial: false },
      { columns: ['email', 'user_id'], unique: true, method: 'btree', partial: false },
      { columns: [undefined, 'id'], unique: false, method: 'gin', partial: true },
    ])
  })

  it('follows names through renames and other schemas', async () => {
    const known = await knownAfter(
      'create table a (b int); alter table a rename column b to c; alter table a rename to d; alter table d set schema s;',
    )
    expect(known.named(['a'])).toBeUndefined()
    expect([...(known.named(['s', 'd'])?.columns.keys() ?? [])]).toEqual(['c'])
  })

  it('is gone after a drop, and with its schema', async () => {
    const known = await knownAfter(
      'create table a (b int); create schema s; create table s.t (a int); create index i on a (b); drop index i; drop schema s cascade;',
    )
    expect([...known.relations.keys()]).toEqual(['public.a'])
    expect(known.named(['a'])?.indexes).toEqual([])
  })

  it('lies where the search path of the file puts it', async () => {
    const known = await knownAfter('set search_path to app, public; create table t (a int);')
    expect([...known.relations.keys()]).toEqual(['app.t'])
  })

  it('knows row level security, policies, grants and what views read', async () => {
    const known = await knownAfter(`create table t (a int); alter table t enable row level security;
      create policy p on t for select to anon using (true); grant select, insert on t to anon, public;
      revoke insert on t from anon; create view v with (security_invoker = on) as select * from t join auth.users u on true;`)
    const table = known.named(['t'])
    expect(table?.rls).toBe(true)
    expect(table?.policies.map(({ name }) => name)).toEqual(['p'])
    expect([...(table?.grants ?? [])].map(([role, held]) => [role, [...held]])).toEqual([
      ['anon', ['select']],
      ['public', ['select', 'insert']],
    ])
    const view = known.named(['v'])
    expect(view?.securityInvoker).toBe(true)
    expect(view?.reads.toSorted()).toEqual(['auth.users', 'public.t'])
  })

  it('knows a function by what guards it', async () => {
    const known =
      await knownAfter(`create function f(a int) returns int language sql security definer as 'select 1';
      alter function f(int) set search_path = ''; revoke execute on function f(int) from public;`)
    expect(known.functions.get('public.f')).toMatchObject([
      { securityDefiner: true, setsSearchPath: true, revokedFromPublic: true, language: 'sql' },
    ])
  })

  it('knows whether a constraint was validated', async () => {
    const known = await knownAfter(
      'create table t (a int); alter table t add constraint c check (a > 0) not valid, add check (a > 1), add check (a > 2 or b); alter table t validate constraint c; alter table t drop constraint t_a_check;',
    )
    expect(known.named(['t'])?.constraints).toMatchObject([
      { name: 'c', valid: true },
      { kind: 'check', columns: ['a', 'b'] },
    ])
  })
})

async function knownAfter(sql: string): Promise<Known> {
  const parsed = (await openParser()).parse(sql)
  if (parsed.kind !== 'statements') throw new Error(parsed.kind)
  const state = makeState()
  const file = aMigration({ text: sql })
  for (const statement of parsed.statements)
    learn(state, statement, { file, span: statement.span, isNew: true })
  return state
}
