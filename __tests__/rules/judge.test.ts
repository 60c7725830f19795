import { describe, expect, it } from '@jest/globals'
import type { Judging } from '../../src/model/judging.js'
import type { RuleId } from '../../src/model/rule-ids.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { collectStatements } from '../../src/rules/collect-statements.js'
import { openJudge } from '../../src/rules/judge.js'
import { parseSuppressions } from '../../src/rules/parse-suppressions.js'
import type { JudgedFile } from '../../src/rules/rule.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'
import { aJudging, lint } from './lint.js'

describe('a comment that silences a rule', () => {
  const rule: RuleId = 'drop-table'
  const covered = (text: string, statements: readonly string[]) => {
    const spans = statements.map((each) => ({
      start: text.indexOf(each),
      end: text.indexOf(each) + each.length,
    }))
    const { suppressions } = parseSuppressions(text, spans)
    return suppressions.map(({ covers }) => text.slice(covers.start, Math.min(covers.end, text.length)))
  }

  it('holds for the statement after it', () => {
    const text = `drop table a;\n-- devflow-ignore ${rule}: it is empty\n-- and old\n\ndrop\n  table b;\ndrop table c;\n`
    expect(covered(text, ['drop table a', 'drop\n  table b', 'drop table c'])).toEqual(['drop\n  table b'])
  })

  it('holds for the statement that ends on its line', () => {
    const text = `drop table a;\ndrop\n  table b; -- devflow-ignore ${rule}: it is empty\ndrop table c;\n`
    expect(covered(text, ['drop table a', 'drop\n  table b', 'drop table c'])[0]).toMatch(
      /^drop\n {2}table b; --/,
    )
  })

  it('holds for its line inside of a statement, or for the next', () => {
    const text = `create table t (\n  a int, -- devflow-ignore ${rule}: x\n  -- devflow-ignore ${rule}: y\n  b int\n);`
    const [first, second] = covered(text, [text.slice(0, -1)])
    expect(first).toMatch(/^ {2}a int, -- /)
    expect(second).toBe('b int')
  })

  it('holds for the whole file where it says so', () => {
    const text = `drop table a;\n-- devflow-ignore-file ${rule}: a clean-up\ndrop table b;\n`
    expect(covered(text, ['drop table a', 'drop table b'])).toEqual([text])
  })

  it.each([
    ['-- devflow-ignore drop-table', 'This would silence drop-table without a reason, and so does not.'],
    ['-- devflow-ignore drop-table:  ', 'This would silence drop-table without a reason, and so does not.'],
    ['-- devflow-ignore drop-tabel: no', 'There is no rule drop-tabel.'],
    ['-- devflow-ignore', 'This silences no rule: none is named.'],
    ['-- devflow-ignore drop-table, truncate: no', 'This names several rules, and so silences none.'],
    ['/* devflow-ignore drop-table: no */', 'A comment between /* and */ silences nothing.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(parseSuppressions(`${text}\n`, [])).toMatchObject({ suppressions: [], bad: [{ message }] })
  })

  it.each([
    "select '-- devflow-ignore drop-table: x'",
    '/* see devflow-ignore drop-table: x */',
    '-- devflow-ignored',
  ])('is not %s', (text) => {
    expect(parseSuppressions(text, [])).toEqual({ suppressions: [], bad: [] })
  })
})

describe('what a file that is there already makes', () => {
  const rule: RuleId = 'create-index-not-concurrent'
  const found = async (isThere: boolean) => {
    const judge = openJudge({ judging: aJudging(), postgres: 15 })
    const files = await Promise.all(
      ['create table t (a int primary key);\ncreate index on t (a);', 'create index on t (a, a);'].map(read),
    )
    return files.map((file, index) =>
      judge
        .judge(file, index === 0 && isThere)
        .findings.filter((one) => one.rule === rule)
        .map(({ file: path }) => path),
    )
  }

  it('is new to itself, and not to those after it', async () => {
    expect(await found(true)).toEqual([[], ['migrations/1.sql']])
    expect(await found(false)).toEqual([[], []])
  })
})

async function read(text: string, index: number): Promise<JudgedFile> {
  const file = aMigration({ name: `${index}.sql`, text })
  const { statements, see } = collectStatements(() => [])
  prepareMigration(await openParser(), file, undefined, see)
  return { file, statements, transactional: true }
}

describe('a rule about what an API serves', () => {
  const sql = 'create table t (a int primary key);'
  const levels = async (overrides: Partial<Judging>) =>
    (await lint(sql, overrides))
      .filter(({ rule }) => rule === 'table-without-rls')
      .map(({ severity }) => severity)

  it('stops a run where the configuration names its schemas, and warns where only the folder looks so', async () => {
    expect(await levels({ apiConfigured: true })).toEqual(['error'])
    expect(await levels({ apiConfigured: false })).toEqual(['warning'])
    expect(await levels({ apiConfigured: false, levels: new Map([['table-without-rls', 'block']]) })).toEqual(
      ['error'],
    )
    expect(await levels({ apiSchemas: [] })).toEqual([])
  })
})

describe('a comment that silences a rule that is off', () => {
  const sql = '-- devflow-ignore int-column: it stays small\ncreate table public.t (a int primary key);'

  it('is not told to be unused, since it may be on elsewhere', async () => {
    expect((await lint(sql)).map(({ rule }) => rule)).not.toContain('unused-suppression')
    const on = await lint(sql.replace('int primary', 'bigint primary'), { on: ['int-column'] })
    expect(on.map(({ rule }) => rule)).toContain('unused-suppression')
  })
})
