import { describe, expect, it } from '@jest/globals'
import { narrowing } from '../../../src/rules/locks/narrowing.js'
import { aDatabase } from '../../support/postgres/a-database.js'

const CASES = [
  ['varchar(9)', 'varchar(3)', "'abcd'", 'fails'],
  ['text', 'bpchar(3)', "'abcd'", 'fails'],
  ['numeric(10,4)', 'numeric(10,2)', '1.2345', 'loses'],
  ['numeric(10,4)', 'numeric(5,4)', '12.5', 'fails'],
  ['numeric', 'numeric(3,1)', '12345', 'fails'],
  ['numeric(10,4)', 'numeric(10)', '1.5', 'loses'],
  ['numeric', 'int8', '1.5', 'loses'],
  ['numeric', 'float8', '1.00000000000000000001', 'loses'],
  ['int8', 'int4', '3000000000', 'fails'],
  ['int4', 'int2', '70000', 'fails'],
  ['int8', 'float8', '9007199254740993', 'loses'],
  ['int4', 'float4', '16777217', 'loses'],
  ['float8', 'float4', '0.1234567890123', 'loses'],
  ['float8', 'int4', '1.5', 'loses'],
  ['timestamp', 'date', "'2026-01-02 03:04'", 'loses'],
  ['timestamp', 'timestamp(0)', "'2026-01-02 03:04:05.6'", 'loses'],
  ['time(6)', 'time(3)', "'03:04:05.678901'", 'loses'],
  ['interval', 'interval(32767,0)', "'1.5 seconds'", 'loses'],
  ['timetz', 'time', "'03:04+05'", 'loses'],
  ['inet', 'cidr', "'10.0.0.1/8'", 'loses'],
  ['varbit(9)', 'varbit(3)', "B'11111'", 'fails'],
] as const

describe('a type with less room', () => {
  it('does to values what PostgreSQL does', async () => {
    await using database = await aDatabase()
    for (const [from, to, value, effect] of CASES) {
      const sql = (type: string) => type.replace('32767,', '')
      await database.query(`create table t (c ${sql(from)}); insert into t values (${value})`)
      const [before] = await database.query<{ c: string }>('select c::text as c from t')
      const after = await database
        .query(`alter table t alter c type ${sql(to)}`)
        .then(() => database.query<{ c: string }>('select c::text as c from t'))
        .catch(() => undefined)
      await database.query('drop table t')
      const did = after === undefined ? 'fails' : after[0]?.c === before?.c ? 'keeps' : 'loses'
      expect([from, to, did]).toEqual([from, to, effect])
      expect([from, to, narrowing(from, to, false)?.effect]).toEqual([from, to, effect])
    }
  })

  it.each([
    ['varchar(3)', 'varchar(9)'],
    ['varchar(3)', 'text'],
    ['numeric(5,2)', 'numeric(7,2)'],
    ['numeric(5,2)', 'numeric(7,4)'],
    ['int4', 'int8'],
    ['int4', 'numeric'],
    ['timestamp(3)', 'timestamp'],
    ['date', 'timestamp'],
    ['text[]', 'text'],
    ['mood', 'text'],
  ])('is not that from %p to %p', (from, to) => {
    expect(narrowing(from, to, false)).toBeUndefined()
  })

  it('cuts a text in silence where it is cast', () => {
    expect(narrowing('text', 'varchar(3)', true)?.effect).toBe('loses')
  })
})
