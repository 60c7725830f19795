import { describe, expect, it } from '@jest/globals'
import { dataChanges } from '../../src/sql/data-changes.js'
import { openParser } from '../../src/sql/open-parser.js'
import { byteOffsets } from '../../src/sql/position.js'

const changes = async (sql: string) => {
  const parsed = (await openParser()).parse(sql)
  const offset = byteOffsets(sql)
  const statements = parsed.kind === 'statements' ? parsed.statements : []
  return statements.flatMap((statement) =>
    [...dataChanges({ ...statement, offsetOf: (at) => offset(at ?? 0) }, sql)].map(
      ({ kind, span }) => `${kind}: ${sql.slice(span.start, span.end)}`,
    ),
  )
}

describe('the changes of rows that a statement makes', () => {
  it.each([
    ['delete from t', ['delete: delete from t']],
    [
      'update t set a = 1; insert into t values (1)',
      ['update: update t set a = 1', 'insert: insert into t values (1)'],
    ],
    [
      'with "ä" as (delete from a where (b) in (1)), y as ( update c set d = (2) ) select 1',
      ['delete: delete from a where (b) in (1)', 'update: update c set d = (2)'],
    ],
    [
      'with x as (delete from a) delete from b',
      ['delete: with x as (delete from a) delete from b', 'delete: delete from a'],
    ],
    [
      'insert into a with x as (delete from b returning *) select * from x',
      [
        'insert: insert into a with x as (delete from b returning *) select * from x',
        'delete: delete from b returning *',
      ],
    ],
    ['copy (delete from t returning *) to stdout', ['delete: delete from t returning *']],
    ['prepare p as delete from t', ['delete: delete from t']],
    ['explain (analyze, costs off) delete from t', ['delete: delete from t']],
    ['explain delete from t', []],
    ['explain (analyze false) delete from t', []],
    ['create rule r as on insert to v do instead delete from t', []],
    ['create function f() returns int begin atomic delete from t; select 1; end', []],
    ['select * from t for update', []],
    ['drop table t', []],
  ])('%s', async (sql, expected) => expect(await changes(sql)).toEqual(expected))
})
