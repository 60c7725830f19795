import { join } from 'node:path'
import { lintScripts } from './open-engine.mjs'
import { readRows } from './read-cases.mjs'

/** The tables that the facts were measured on. */
export const schema = `
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
 * Rules that say: this statement writes a table anew, or reads all of it under a lock that stops others. TRUNCATE gives
 * each table a new file, which counts as that. Those that speak of a lock alone, of order or of style are not here.
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
  'truncate',
  'truncate-cascade',
  'vacuum-full-or-cluster',
])

/**
 * Each measured statement, and whether our rules and the server agree about the danger. What the server refused to run
 * did no harm.
 */
export function judgeFacts(folder) {
  const facts = readRows(join(folder, 'measured_facts.jsonl'))
  return facts.map((fact, index) => {
    const { sql, before = [], dangerous = false } = fact
    const own = [...before, sql]
    const found = lintScripts([schema, own.join(';\n')], { postgres: 15, inTransaction: true })
    const line = own.slice(0, -1).join('\n').split('\n').length + (before.length > 0 ? 1 : 0)
    const rules = found.filter((each) => each.script === 1 && each.line >= line && dangerRules.has(each.rule))
    const passed = rules.length > 0 === dangerous
    return {
      name: own.join('; '),
      passed,
      isCopy: isCopy(facts, index),
      dangerous,
      rules: rules.map(({ rule }) => rule),
    }
  })
}

/** Whether the figures of a fact were taken elsewhere. */
export function isCopy(facts, index) {
  return facts.slice(0, index).some((earlier) => isSameMeasurement(earlier, facts[index]))
}

/**
 * Figures that are those of the same statement after other statements, to the byte and to the tenth of a millisecond,
 * were taken there and say nothing of this place.
 */
function isSameMeasurement(earlier, { sql, before, wal_bytes: bytes, ms_100k_rows: ms }) {
  const isElsewhere = earlier.sql === sql && String(earlier.before) !== String(before)
  return isElsewhere && ms !== undefined && earlier.wal_bytes === bytes && earlier.ms_100k_rows === ms
}
