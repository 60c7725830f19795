import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Inputs } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { aProject } from '../support/a-project.js'
import { cpuMs } from '../support/cpu-ms.js'

/** The file after it, which is judged whatever stands before it. */
const NEXT = 'drop table orders;\n'

/** Validates a file and one after it, whose finding is left out of what is told. */
async function rulesAbout(content: string | Uint8Array): Promise<string[]> {
  await using project = await aProject()
  await project.write('migrations/02_next.sql', NEXT)
  await writeFile(join(project.path, 'migrations/01_bad.sql'), content)
  const report = await validate(project.path)
  expect(report.problems).toEqual([])
  const about = (file: string) =>
    report.findings.filter((each) => each.file === `migrations/${file}`).map(({ rule }) => rule)
  expect(about('02_next.sql')).toEqual(['drop-table'])
  return [...new Set(about('01_bad.sql'))]
}

function validate(folder: string): Promise<Report> {
  const inputs: Inputs = {
    entry: 'cli',
    given: { command: 'validate' },
    variables: {},
    folder,
    ci: true,
    verbose: false,
  }
  return run(inputs, { observe: () => {}, now: () => new Date() }, async () => {})
}

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

const nest = (count: number, open: string, middle: string, close: string) =>
  open.repeat(count) + middle + close.repeat(count)

describe('a file that is refused, and hides no other', () => {
  it.each([
    ['a NUL', bytes('select 1; ', [0], ' drop table t;'), ['nul-byte']],
    ['invalid UTF-8', bytes("select '", [0xc3, 0x28], "';"), ['invalid-utf-8']],
    ['UTF-16', Buffer.from('\ufeffselect 1;', 'utf16le'), ['invalid-utf-8']],
    ['an open quote', "select 'open;\ndrop table t;\n", ['syntax-error']],
    ['an open comment', 'select 1; /* open\n', ['syntax-error']],
    ['an open body', 'do $$ begin\n', ['syntax-error']],
    ['a command of psql', '\\set x 1\nselect 1;\n', ['psql-command']],
    ['nothing', '', ['no-statement']],
    ['nothing but white space', ' \r\n\t\n', ['no-statement']],
    ['nothing but comments', '-- later\n/* and\nmore */\n', ['no-statement']],
    ['nothing but a byte-order mark', '\ufeff', ['no-statement']],
    ['nothing but semicolons', ';;;;', ['no-statement']],
  ])('holds %s', async (_, content, rules) => {
    expect(await rulesAbout(content)).toEqual(rules)
  })
})

describe('a file that is unusual, and harmless', () => {
  it.each([
    ['a byte-order mark', '\ufeffselect 1;\n'],
    ['CRLF', 'select 1;\r\nselect 2;\r\n'],
    ['line ends of old', 'select 1;\rselect 2;\r'],
    ['a line of a megabyte', `select '${'x'.repeat(1024 * 1024)}';`],
    ['a name of 100,000 characters', `select 1 as a, '${'"'.repeat(100_000)}'; -- ${'x'.repeat(100_000)}`],
    [
      'comments nested 100,000 deep between statements',
      `select 1; ${nest(100_000, '/*', '', '*/')} select 2;`,
    ],
    ['characters beyond U+FFFF', `select '${'😀'.repeat(10_000)}';`],
  ])('has %s', async (_, content) => {
    expect(await rulesAbout(content)).toEqual([])
  })

  it('has a finding after a byte-order mark and CRLF at its place', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': '\ufeffselect 1;\r\n  drop table é;\r\n' })
    const [finding] = (await validate(project.path)).findings
    expect(finding).toMatchObject({
      rule: 'drop-table',
      position: { line: 2, column: 3, endLine: 2, endColumn: 14 },
    })
  })
})

describe('a file that is nested as deep as', () => {
  it.each([
    ['a million parentheses', `select ${nest(1_000_000, '(', '1', ')')};`],
    ['a million signs', `select ${'- '.repeat(1_000_000)}1;`],
    ['a million sums', `select ${'1+'.repeat(1_000_000)}1;`],
    ['100,000 comments', `select ${nest(100_000, '/*', '', '*/')} 1;`],
    ['100,000 sub-selects', `select ${nest(100_000, '(select ', '1', ')')};`],
    ['100,000 CASE', `select ${nest(100_000, 'case when true then ', '1', ' end')};`],
    ['100,000 blocks', `do $$ begin ${nest(100_000, 'begin ', 'null;', ' end;')} end $$;`],
    ['a million parentheses in a body', `do $$ begin perform ${nest(1_000_000, '(', '1', ')')}; end $$;`],
    [
      'a million parentheses in a function in SQL',
      `create function f() returns int language sql as $$ select ${nest(1_000_000, '(', '1', ')')} $$;`,
    ],
  ])('%s is told, and hides no other', async (_, content) => {
    const exitCode = process.exitCode
    const rules = await rulesAbout(content)
    expect(rules.filter((rule) => TOLD.has(rule))).not.toEqual([])
    expect(process.exitCode).toBe(exitCode)
  })

  // What the parser still reads, the rules walk through.
  it.each([
    ['4,000 parentheses', `select ${nest(4_000, '(', '1', ')')};`],
    ['1,500 sub-selects', `update t set a = ${nest(1_500, '(select ', '1', ')')} where b = 1;`],
    ['4,000 NOT', `delete from t where ${'not '.repeat(4_000)}a;`],
    ['1,000 CASE', `update t set a = ${nest(1_000, 'case when b then ', '1', ' end')} where c;`],
    ['1,000 joined texts', `do $$ begin execute ${"'a' || ".repeat(1_000)} x; end $$;`],
    ['100,000 conditions', `delete from t where ${'a = 1 and '.repeat(100_000)} b = 2;`],
    ['3,000 UNION', `create view v as ${'select 1 union '.repeat(3_000)} select 1;`],
    [
      '1,500 default values',
      `alter table t add column a int default ${nest(1_500, 'coalesce(', 'random()', ')')};`,
    ],
  ])('%s is judged', async (_, content) => {
    expect((await rulesAbout(content)).filter((rule) => rule === 'syntax-error')).toEqual([])
  })
})

const TOLD = new Set(['syntax-error', 'unreadable-sql', 'not-analysed'])

describe('a file that is as large as', () => {
  it.each([
    ['50 MB of INSERTs', `insert into t values (1, '${'x'.repeat(450)}');\n`, 106_000],
    ['20,000 findings', 'drop table t;\n', 20_000],
    ['20,000 blocks', 'do $$ begin delete from t; end $$;\n', 20_000],
    ['20,000 comments that silence nothing', '-- devflow-ignore drop-table: why\nselect 1;\n', 20_000],
  ])('%s is judged in a short time', async (_, line, count) => {
    const started = cpuMs()
    await rulesAbout(line.repeat(count))
    expect(cpuMs() - started).toBeLessThan(30_000)
  })

  it('one INSERT of 50 MB is told', async () => {
    expect(await rulesAbout(`insert into t values ${"('x'),".repeat(8_000_000)} ('y');`)).toEqual([
      'unreadable-sql',
    ])
  })
})
