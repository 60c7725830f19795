import { expect, it } from '@jest/globals'
import { writtenTables } from '../../src/sql/written-tables.js'

const writes = (text: string) =>
  writtenTables(text, { start: 0, end: text.length })
    .map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`))
    .join()

it.each([
  ['insert into T values (1)', 't'],
  ['INSERT INTO app . "T ""x""" AS t (a) SELECT 1 FROM u', 'app.T "x"'],
  ['update only t set a = 1', 't'],
  ['/* why */ delete from -- here\n only (select 1)', ''],
  ['delete from t using u where t.a = u.a', 't'],
  ['merge into t using u on true when matched then update set a = 1', 't'],
  ['insert into t values (1) on conflict do update set a = 2', 't'],
  ['with x as (delete from a returning *), y as (update b set c = 1) insert into d select * from x', 'a,b,d'],
  ['with x as (select 1 for update) select * from x', ''],
  ['copy app.t (a, b) from stdin', 'app.t'],
  ["insert into t values ('delete from u')", 't'],
  ['create rule r as on insert to t do also insert into u values (1)', ''],
  ['select 1', ''],
])('a statement writes the tables that its words say: %s', (text, tables) => {
  expect(writes(text)).toBe(tables)
})
