import { describe, expect, it } from '@jest/globals'
import { openParser } from '../../src/sql/open-parser.js'
import { outputName } from '../../src/sql/output-name.js'
import { nodeAs, treeAs } from '../../src/sql/tree.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { majors } from '../support/postgres/major.js'

const EXPRESSIONS = [
  '1',
  "'a'",
  'null',
  'a',
  't.a',
  'a as "B c"',
  '(r).x',
  'arr[1]',
  '1::int',
  'a::text',
  "'1'::pg_catalog.int4",
  "interval '1 day'",
  'lower(b)',
  'pg_catalog.upper(b)',
  'a + 1',
  '-a',
  'a is null',
  'not true',
  "now() at time zone 'utc'",
  'nullif(a, 2)',
  'coalesce(a, 2)',
  'greatest(a, 1)',
  'least(a, 1)',
  'case a when 1 then 2 end',
  'case a when 1 then 2 else a end',
  'case when true then 2 else 1::int end',
  '(select a)',
  '(select 1)',
  '(select a as z)',
  'exists (select 1)',
  'array(select 1)',
  'array[1, 2]',
  'row(1, 2)',
  'a in (select 1)',
  'b collate "C"',
  'current_date',
  'current_timestamp(3)',
  'localtime',
  'current_user',
  'session_user',
  'extract(year from now())',
  'trim(b)',
  'substring(b from 1 for 2)',
  'count(*) over ()',
  'xmlelement(name x)',
  'xmlforest(a)',
  'xmlparse(content b)',
]

describe('the name of a column that a query gives', () => {
  it.each(majors)('is the one that PostgreSQL %s chooses', async (major) => {
    await using database = await aDatabase({ major })
    await database.query('create type pair as (x int, y int)')
    const parser = await openParser()
    for (const expression of EXPRESSIONS) {
      const sql = `select ${expression} from (select 1 as a, 'b'::text as b, row(1, 2)::pair as r, array[1] as arr) t`
      const [row] = await database.query(sql)
      const parsed = parser.parse(sql)
      const statement = parsed.kind === 'statements' ? parsed.statements[0] : undefined
      const target = statement && treeAs(statement, 'SelectStmt')?.targetList?.[0]
      const name = outputName(nodeAs(target, 'ResTarget') ?? {})
      expect([expression, name]).toEqual([expression, Object.keys(row ?? {})[0]])
    }
  })

  it('is not known of a star', async () => {
    const parsed = (await openParser()).parse('select *, t.* from t')
    const statement = parsed.kind === 'statements' ? parsed.statements[0] : undefined
    const targets = (statement && treeAs(statement, 'SelectStmt')?.targetList) ?? []
    expect(targets.map((each) => outputName(nodeAs(each, 'ResTarget') ?? {}))).toEqual([undefined, undefined])
  })
})
