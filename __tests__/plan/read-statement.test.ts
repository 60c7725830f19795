import { describe, expect, it } from '@jest/globals'
import { readStatement } from '../../src/plan/read-statement.js'
import { openParser } from '../../src/sql/open-parser.js'

const parser = await openParser()

function read(sql: string) {
  const parsed = parser.parse(sql)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (!statement) throw new Error(sql)
  const { span: _, ...known } = readStatement(statement)
  return known
}

describe('a statement that may run outside a transaction', () => {
  it.each([
    [
      'create index concurrently "I x" on "S".t (a)',
      { kind: 'builds-index', table: '"S"."t"', index: 'I x' },
    ],
    [
      'create index concurrently on s.t (a, b desc) include (c) where d',
      { kind: 'builds-index', table: '"s"."t"', chosen: 't_a_b_c_idx' },
    ],
    ['create index concurrently on t (lower(a))', { kind: 'builds-index', table: '"t"' }],
    ['create index concurrently on t (a, a)', { kind: 'builds-index', table: '"t"' }],
    ['drop index concurrently if exists a."B"', { kind: 'drops-index', index: '"a"."B"' }],
    ['reindex table concurrently t', { kind: 'reindexes', what: 'table', name: '"t"' }],
    ['reindex (concurrently, verbose) index s.i', { kind: 'reindexes', what: 'index', name: '"s"."i"' }],
    ['reindex schema concurrently "S"', { kind: 'reindexes', what: 'schema', name: 'S' }],
    ['reindex (concurrently) database d', { kind: 'reindexes', what: 'database', name: 'd' }],
    ['reindex (concurrently) database', { kind: 'reindexes', what: 'database', name: '' }],
    ['reindex table t', { kind: 'repeatable' }],
    ['reindex database d', { kind: 'repeatable' }],
    [
      'alter table s.p detach partition q concurrently',
      { kind: 'detaches', table: '"s"."p"', partition: '"q"' },
    ],
    ['create database "D"', { kind: 'creates', what: 'database', name: 'D' }],
    ['drop database d', { kind: 'drops', what: 'database', name: 'd' }],
    [`create tablespace t location '/x'`, { kind: 'creates', what: 'tablespace', name: 't' }],
    ['drop tablespace t', { kind: 'drops', what: 'tablespace', name: 't' }],
    [
      `create subscription s connection 'x' publication p`,
      { kind: 'creates', what: 'subscription', name: 's' },
    ],
    ['drop subscription s', { kind: 'drops', what: 'subscription', name: 's' }],
    [`commit prepared 'g'`, { kind: 'drops', what: 'prepared transaction', name: 'g' }],
    [`rollback prepared 'g'`, { kind: 'drops', what: 'prepared transaction', name: 'g' }],
    ['vacuum t', { kind: 'repeatable' }],
    ['cluster t', { kind: 'repeatable' }],
    [`alter system set work_mem = '1MB'`, { kind: 'repeatable' }],
    ['alter database d set tablespace t', { kind: 'repeatable' }],
    ['alter subscription s refresh publication', { kind: 'repeatable' }],
    ['alter subscription s set publication p', { kind: 'repeatable' }],
    ['alter subscription s add publication p', undefined],
    ['call p()', undefined],
    ['analyze t', undefined],
    ['create index i on t (a)', undefined],
    ['alter table p detach partition q finalize', undefined],
  ])('shows in the catalog: %s', (sql, trace) => {
    expect(read(sql).trace).toEqual(trace)
  })

  it.each([
    ['call p()', 'CALL', true],
    ['do $$ begin commit; end $$', 'DO with COMMIT, ROLLBACK or CALL', true],
    [`do language plpgsql 'begin CALL p(); end'`, 'DO with COMMIT, ROLLBACK or CALL', true],
    [`do language plpython3u 'plpy.commit()'`, 'DO with COMMIT, ROLLBACK or CALL', true],
    ['drop subscription s', 'DROP SUBSCRIPTION', undefined],
    ['cluster t using i', 'CLUSTER', undefined],
    ['reindex index i', 'REINDEX', undefined],
    ['do $$ begin update t set committed = true; end $$', undefined, undefined],
    ['reindex index concurrently i', undefined, undefined],
    ['cluster', undefined, undefined],
    ['alter type e add value $$x$$'.replaceAll('$$', "'"), undefined, undefined],
    ['refresh materialized view concurrently m', undefined, undefined],
  ])('is judged by the database alone where nothing else can tell: %s', (sql, judged, commits) => {
    expect([read(sql).judged, read(sql).commits]).toEqual([judged, commits])
  })
})

describe('what a statement leaves in its session', () => {
  it.each([
    ['set Search_Path = x', 'search_path'],
    ['set role x', 'role'],
    ['reset role', 'role'],
    ['set session authorization x', 'session_authorization'],
    [`set time zone 'UTC'`, 'timezone'],
    ['reset all', ''],
    ['set session characteristics as transaction read only', ''],
    [`select pg_catalog.set_config('search_path', '', false)`, ''],
    [`load 'auto_explain'`, ''],
    ['set local role x', undefined],
    ['set transaction read only', undefined],
    ['set constraints all deferred', undefined],
    ['select 1', undefined],
  ])('are settings: %s', (sql, sets) => {
    expect(read(sql)).toEqual(sets === undefined ? {} : { sets })
  })

  it.each([
    ['create temp table x ()', 'a temporary table, view or sequence'],
    ['create temp table x as select 1', 'a temporary table, view or sequence'],
    ['create table pg_temp.x ()', 'a temporary table, view or sequence'],
    ['select 1 into temp x', 'a temporary table, view or sequence'],
    ['create temp view x as select 1', 'a temporary table, view or sequence'],
    ['create temp sequence x', 'a temporary table, view or sequence'],
    [`select set_config('a.b', n::text, false) from t`, 'set_config with computed values'],
    ['do $$ begin create temporary table x (); end $$', 'a temporary table in a block'],
    ['do $$ begin set search_path = x; end $$', 'a setting in a block'],
    [`do $$ begin perform set_config('a', 'b', false); end $$`, 'a setting in a block'],
    ['do $$ begin set local search_path = x; update t set n = 1; end $$', undefined],
    [`do $$ begin perform set_config('a', 'b', true); end $$`, undefined],
    ['create table x ()', undefined],
    ['select 1 into x', undefined],
  ])('may be gone with it: %s', (sql, sessionOnly) => {
    expect(read(sql).sessionOnly).toBe(sessionOnly)
  })
})
