import { describe, expect, it } from '@jest/globals'
import { openBreathing } from '../../src/programs/judging/breathing.js'
import { judgeFiles } from '../../src/programs/judging/judge-files.js'
import { collectStatements } from '../../src/rules/collect-statements.js'
import { openParser } from '../../src/sql/open-parser.js'
import { parseScript } from '../../src/sql/parse-script.js'
import { aJudging } from '../rules/lint.js'
import { aMigration } from '../support/builders.js'

/** More than is kept of one file at a time. */
const MANY = 30_000
const filler = 'select 1;\n'.repeat(MANY)

const judged = async (text: string) => {
  const { findings } = await judgeFiles([aMigration({ text })], { judging: aJudging() })
  return findings.map(({ rule, position }) => [rule, position?.line])
}

describe('a file of more statements than are kept', () => {
  it('is handed on part by part, and every statement once', async () => {
    const parser = await openParser()
    const parts: number[] = []
    const collection = collectStatements(
      () => [],
      (part) => parts.push(part.length),
    )
    for (const { parsed } of parseScript(parser, filler))
      if (parsed.kind === 'statements')
        for (const each of parsed.statements) collection.see(each, parsed.offsetOf)
    expect(parts.length).toBeGreaterThan(0)
    expect(parts.reduce((total, count) => total + count, collection.statements.length)).toBe(MANY)
  })

  it('is judged to its end, by what was made in its first part', async () => {
    const sql = (between: string) =>
      `create table t (a int primary key);\n${between}create index on t (a);\ndrop table old;\ncreate index on older (a);\n`
    const [long, short] = [await judged(sql(filler)), await judged(sql(''))]
    expect(short.map(([rule]) => rule)).toEqual(
      expect.arrayContaining(['drop-table', 'create-index-not-concurrent']),
    )
    expect(long).toEqual(short.map(([rule, line]) => [rule, Number(line) + (line === 1 ? 0 : MANY)]))
  })

  it('has its comments heard in every part, and those that silence nothing told', async () => {
    const silenced = '-- devflow-ignore drop-table: it is empty\ndrop table a;\n'
    const idle = '-- devflow-ignore truncate: there is none\nselect 2;\n'
    expect(await judged(`${silenced}${filler}${silenced}${idle}`)).toEqual([['unused-suppression', MANY + 5]])
  })
})

describe('long work', () => {
  it('lets others have their turn at its pauses', async () => {
    let turns = 0
    const others = setInterval(() => turns++, 1)
    function* work() {
      for (let began = performance.now(); turns <= 2 && performance.now() - began < 20_000; ) yield
      return 'done'
    }
    expect(await openBreathing()(work())).toBe('done')
    clearInterval(others)
    expect(turns).toBeGreaterThan(2)
  })

  it('does so too where it is many short ones', async () => {
    let turns = 0
    const others = setInterval(() => turns++, 1)
    const texts = Array.from({ length: 2_000 }, (_, index) => `create table t_${index} (a int);`)
    await judgeFiles(
      texts.map((text, index) => aMigration({ name: `${index + 1}_t.sql`, text })),
      { judging: aJudging() },
    )
    clearInterval(others)
    expect(turns).toBeGreaterThan(2)
  })
})
