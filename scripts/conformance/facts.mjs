import { join } from 'node:path'
import { lintLast } from './open-engine.mjs'
import { readRows } from './read-cases.mjs'

/** The tables that the facts were measured on. */
const schema = `
create table authors (id bigint primary key, name text);
create table books (id int primary key, author_id bigint, title varchar(100), n int, ts timestamp, pages int, j json);
create index books_extra on books (pages);
create table part (id int, k int) partition by range (k);
create table part1 partition of part for values from (0) to (100);
create table cand (id int, k int);
create table empty_t (id int);
create type mood as enum ('a', 'b');
create domain d as int;
create table usesd (x d);
create view bv as select id, title from books;
create materialized view mv0 as select * from authors;
`

/**
 * Rules that say: this statement writes a table anew, or reads all of it under a lock that stops others. Those of the
 * group that speak of a lock alone, of order or of style say nothing about that.
 */
export const dangerRules = new Set([
  'add-check-without-not-valid',
  'add-column-inline-check',
  'add-column-required',
  'add-column-serial-or-identity',
  'add-column-stored-generated',
  'add-column-volatile-default',
  'add-exclusion-constraint',
  'add-foreign-key-without-not-valid',
  'add-primary-key',
  'add-unique-constraint',
  'attach-partition-without-check',
  'change-column-type',
  'change-type-under-check-constraint',
  'create-index-not-concurrent',
  'domain-constraint',
  'narrow-column-type',
  'refresh-matview-not-concurrent',
  'reindex-not-concurrent',
  'set-access-method',
  'set-logged-unlogged',
  'set-not-null',
  'set-tablespace',
  'vacuum-full-or-cluster',
])

/** Each measured statement, and whether our rules and the server agree about the danger. */
export function judgeFacts(folder) {
  return readRows(join(folder, 'measured_facts.jsonl')).map((fact) => {
    const before = fact.before ?? []
    const own = `${[...before, ''].join(';\n')}`
    const line = own.split('\n').length
    const found = lintLast([schema, `${own}${fact.sql}`], { postgres: 15, inTransaction: true })
    const rules = found
      .filter((each) => dangerRules.has(each.rule) && each.line >= line)
      .map(({ rule }) => rule)
    return { name: fact.sql, passed: rules.length > 0 === fact.dangerous, dangerous: fact.dangerous, rules }
  })
}
