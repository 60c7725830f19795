import { beforeAll, describe, expect, it } from '@jest/globals'
import type { MigrationFile } from '../../src/model/migration.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { openParser, type Parser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'

let parser: Parser
beforeAll(async () => {
  parser = await openParser()
})

const prepare = (text: string, overrides: Partial<MigrationFile> = {}) =>
  prepareMigration(parser, aMigration({ text, ...overrides }))
const told = (text: string) =>
  prepare(text).findings.map(({ rule, position }) => [rule, position?.line, position?.column])

describe('a COPY … FROM STDIN', () => {
  it('is a statement with its rows, which are spaces in what is sent', () => {
    const text = 'create table t (a text);\ncopy t from stdin; -- rows\nit\'s\n/* "\n\\.\nselect 1;\n'
    const { runnable, findings } = prepare(text)
    expect(findings).toEqual([])
    expect(runnable.text.split('\n').map((line) => line.trimEnd())).toEqual([
      'create table t (a text);',
      'copy t from stdin;',
      '',
      '',
      '',
      'select 1;',
      '',
    ])
    expect(runnable.text).toHaveLength(text.length)
    const [, copy, last] = runnable.statements ?? []
    expect(text.slice(copy?.copyData?.start, copy?.copyData?.end)).toBe('it\'s\n/* "\n')
    expect(text.slice(last?.span.start, last?.span.end)).toBe('select 1')
  })

  it.each([
    ['without an end of its rows', 'select 1;\ncopy t from stdin;\n1\n2\n', ['copy-data', 2, 1]],
    ['without its rows', 'copy t from stdin', ['copy-data', 1, 1]],
    ['with a statement behind it', 'copy t from stdin; select 1;\n1\n\\.\n', ['copy-data', 1, 20]],
    ['with a comment that goes on', 'copy t from stdin; /* a\nb */\n1\n\\.\n', ['copy-data', 1, 20]],
    ['of binary rows', "copy t from stdin (format 'binary');\n1\n\\.\n", ['copy-data', 1, 1]],
    ['of binary rows, in the old way', 'copy t from stdin binary;\n1\n\\.\n', ['copy-data', 1, 1]],
    [
      'in a body',
      'create procedure p() begin atomic copy t from stdin; end;\n1\n\\.\n',
      ['psql-command', 3, 1],
    ],
  ])('is refused %s', (_, text, expected) => {
    expect(told(text)).toEqual([expected])
  })

  it('hides no statement behind its rows', () => {
    expect(told("copy t from stdin;\nit's\n\\.\ncommit;\nselect 'x';")).toEqual([
      ['transaction-control', 4, 1],
    ])
  })
})

describe('a command of psql', () => {
  it('is left out where it is \\restrict or \\unrestrict with a token, between statements', () => {
    const text = '\\restrict a1B\r\nselect 1;\r\n\\unrestrict a1B\r\n'
    const { runnable, findings } = prepare(text)
    expect(findings).toEqual([])
    expect(runnable.text).toBe(`${' '.repeat(13)}\r\nselect 1;\r\n${' '.repeat(15)}\r\n`)
  })

  it.each([
    [
      '\\set x 1\nselect 1;\n  \\i other.sql\n',
      [
        ['psql-command', 1, 1],
        ['psql-command', 3, 3],
      ],
    ],
    ['select 1 \\gexec\nselect 2;', [['psql-command', 1, 10]]],
    ['\\restrict\nselect 1;', [['psql-command', 1, 1]]],
    ['select\n\\restrict abc\n1;', [['psql-command', 2, 1]]],
    ['select 1;\n\\.\n', [['psql-command', 2, 1]]],
    ['copy t from stdin;\n1\n\\.\n\\! rm -rf x', [['psql-command', 4, 1]]],
  ])('is refused at its place in %j', (text, expected) => {
    expect(told(text)).toEqual(expected)
  })

  it.each([
    ['\\copy t from x', /COPY … FROM STDIN/],
    ['\\connect db', /the database that the URL names/],
    ['\\if :x', /DO \$\$/],
    ['\\pset pager off', /Remove it/],
  ])('comes with what to write instead: %s', (text, help) => {
    expect(prepare(text).findings[0]?.help).toMatch(help)
  })
})

const MiB = 1024 * 1024

/** @param length of the file, with what is around the rows */
function rowsUpTo(length: number, before = '', after = ''): string {
  const row = `insert into t (a, b) values (1, '${"not short; it''s long".repeat(50)}');\n`
  return before + row.repeat(Math.ceil((length - before.length - after.length) / row.length)) + after
}

describe('a large file', () => {
  it('is sent in pieces of whole statements, its own BEGIN and COMMIT left out', () => {
    const text = rowsUpTo(9 * MiB, 'begin;\n', 'commit;\n')
    const { runnable, findings } = prepare(text)
    expect(findings).toEqual([])
    expect(runnable).toMatchObject({ text, mode: 'transaction' })
    expect(runnable).not.toHaveProperty('statements')
    const pieces = runnable.pieces ?? []
    const count = text.split('\n').length - 3
    expect(pieces.reduce((sum, piece) => sum + piece.statements, 0)).toBe(count)
    expect(pieces.length).toBeLessThan(30)
    for (const { start, end } of pieces) {
      expect(end - start).toBeLessThanOrEqual(512 * 1024)
      expect(text.slice(start, end)).toMatch(/^(begin|insert)(.|\n)*;$/)
    }
    const left = pieces.flatMap((piece) => piece.left.map(({ start, end }) => text.slice(start, end)))
    expect(left).toEqual(['begin;', 'commit;'])
  })

  it('is refused for what stands at its end, at its line', () => {
    const text = rowsUpTo(9 * MiB)
    const line = text.split('\n').length
    expect(told(`${text}commit;`)).toEqual([['transaction-control', line, 1]])
    expect(told(`${text}selec 1;`)).toEqual([['syntax-error', line, 1]])
    expect(told(`${text}set standard_conforming_strings = off;`)).toEqual([
      ['standard-conforming-strings', line, 1],
    ])
    expect(told(`${text}copy t from stdin;\n`)).toEqual([['copy-data', line, 1]])
    expect(told(`${text}\\q\n`)).toEqual([['psql-command', line, 1]])
    expect(told(`${text}select 'a;\n`)).toEqual([['syntax-error', line, 8]])
  })

  it('is refused where its transaction is its own affair', () => {
    expect(told(rowsUpTo(9 * MiB, 'begin;\n', 'rollback;'))[0]?.[0]).toBe('transaction-control')
    expect(told(rowsUpTo(9 * MiB, 'select 1;\nbegin;\n', 'commit;'))).toEqual([['transaction-control', 2, 1]])
  })

  it.each([
    ['begin;\n', 'commit;', []],
    ['begin;\n', 'commit;\nbegin;\nselect 1;\ncommit;', ['transaction-control']],
    ['', 'commit;\nselect 1;', ['transaction-control']],
    ['select 1;\nbegin;\n', 'commit;', ['transaction-control']],
    ['begin;\n', 'rollback;\nselect 1;', ['transaction-control']],
  ])('is judged as a small one is, however many savepoints stand in it: %j … %j', (before, after, rules) => {
    const savepoints = 'savepoint a;\nrollback to a;\nrelease a;\nsavepoint b;\n'
    const text = rowsUpTo(9 * MiB, `${before}${savepoints}`, `${savepoints}${after}`)
    const { findings } = prepare(text)
    expect(findings.map(({ rule }) => rule)).toEqual(rules)
    const small = prepare(`${before}${savepoints}select 1;\n${savepoints}${after}`)
    expect(findings.map(({ message }) => message)).toEqual(small.findings.map(({ message }) => message))
  })

  it('holds a COPY with more rows than that in one piece, which is the statement alone', () => {
    const text = `create table t (a text);\ncopy t from stdin;\n${"it's\n".repeat(2 * MiB)}\\.\nselect 1;`
    const { runnable, findings } = prepare(text)
    expect(findings).toEqual([])
    expect(runnable.pieces?.map(({ statements, script }) => [statements, script])).toEqual([
      [2, true],
      [1, false],
    ])
  })

  it('runs outside of a transaction with a list of its statements, as long as that is short', () => {
    const long = `insert into t values ('${'x'.repeat(MiB)}');\n`
    const few = prepare(`${long.repeat(9)}create index concurrently i on t (a);`)
    expect(few.findings).toEqual([])
    expect(few.runnable).toMatchObject({ mode: 'no-transaction' })
    expect(few.runnable.statements).toHaveLength(10)
    const many = rowsUpTo(12 * MiB, 'vacuum;\n')
    expect(told(many)).toEqual([['too-many-statements', 1, 1]])
    const declared = { directives: { noTransaction: true, timeouts: {} } }
    expect(prepare(many.replace('vacuum', 'commit'), declared).findings).toMatchObject([
      { rule: 'too-many-statements', severity: 'error' },
    ])
  })

  it.each([
    [
      'of a small file',
      'select 1;\n'.repeat(100_001),
      /100,00[12] statements: too many/,
      /transaction a file has at most 100,000 statements\.$/,
    ],
    [
      'of a large one',
      rowsUpTo(12 * MiB),
      /1\d,\d{3} statements: too many/,
      /a file above 8 MiB has at most 10,000 statements\.$/,
    ],
    [
      'of what it holds beside rows',
      `select '${'x'.repeat(700_000)}';\n`.repeat(13),
      /more than 1 MiB of statements other than INSERT/,
      /a file above 8 MiB has at most 1 MiB of statements other than INSERT/,
    ],
  ])('is told which limit was met: %s', (_, text, message, help) => {
    const declared = { directives: { noTransaction: true, timeouts: {} } }
    for (const { findings } of [prepare(text, declared), prepare(`vacuum;\n${text}`)])
      expect(findings).toMatchObject([
        {
          rule: 'too-many-statements',
          message: expect.stringMatching(message),
          help: expect.stringMatching(help),
        },
      ])
  })

  it.each([
    ['transaction' as const, /^The run asks for transaction: none, and this statement of 9 MiB is too large/],
    ['legacy' as const, /^The file is listed as legacy/],
    [undefined, /^The file is declared no-transaction/],
  ])(
    'is told of the one statement that is too large outside of a transaction, and who wants that: %s',
    (by, why) => {
      const huge = `select 1;\ninsert into t values ('${'x'.repeat(9 * MiB)}');\n`
      const directives = { noTransaction: true, timeouts: {}, ...(by ? { noTransactionBy: by } : {}) }
      expect(prepare(huge, { directives }).findings).toMatchObject([
        { rule: 'unreadable-sql', help: 'Smaller statements can be analysed.' },
        {
          rule: 'too-many-statements',
          position: { line: 2 },
          message: expect.stringMatching(why),
          help: expect.stringMatching(/^Split the statement/),
        },
      ])
      expect(prepare(`${huge}vacuum;`).findings[1]?.message).toMatch(
        /^VACUUM can not run in a transaction, and this/,
      )
    },
  )

  it('has a statement that is too large for the parser alone, with a warning at its line', () => {
    const huge = `insert into t values ('${'x'.repeat(8 * MiB)}')`
    const { runnable, findings } = prepare(`select 1;\n${huge};\nselect 2;`)
    expect(findings).toMatchObject([{ rule: 'unreadable-sql', severity: 'warning', position: { line: 2 } }])
    expect(runnable.pieces?.map(({ unread }) => unread)).toEqual([false, true, false])
    expect(told(`commit /* ${'x'.repeat(8 * MiB)} */;`).map(([rule]) => rule)).toEqual([
      'unreadable-sql',
      'transaction-control',
    ])
  })
})

describe('behind a statement that is too large for the parser, in a large file,', () => {
  const late = (text: string) =>
    told(`insert into t values ('${'x'.repeat(8 * MiB)}');\n${'select 1;\n'.repeat(99_999)}${text}`)

  it.each([
    ['commit;', 'transaction-control'],
    ["prepare transaction 'x';", 'transaction-control'],
    ['\\connect other', 'psql-command'],
    ['select 1 \\gexec', 'psql-command'],
  ])('%s is refused', (text, rule) => {
    expect(late(text).map(([each]) => each)).toEqual(expect.arrayContaining(['unreadable-sql', rule]))
  })
})

/** So deep that the parser can not read what holds it. */
const UNREADABLE = `/*${'+'.repeat(15_000)}*/`

describe('a small file with what the parser can not read', () => {
  it.each([
    ['in one transaction', '', ''],
    ['with a statement that can not stand in one', '', 'create index concurrently i on t (a);'],
    ['statement by statement', '-- devflow:no-transaction\n', ''],
  ])('is refused where that ends a transaction, sent %s', (_, before, after) => {
    for (const control of ['rollback', 'commit', 'end', 'abort', 'begin', 'start transaction']) {
      const text = `${before}create table a (n int);\n${control} ${UNREADABLE};\n${after}`
      const { findings } = prepare(text, { directives: { noTransaction: before !== '', timeouts: {} } })
      expect([control, findings]).toMatchObject([
        control,
        [
          { rule: 'unreadable-sql', severity: 'warning' },
          {
            rule: 'transaction-control',
            severity: 'error',
            position: { line: before === '' ? 2 : 3, column: 1 },
            message: expect.stringContaining(control.toUpperCase()),
          },
        ],
      ])
    }
  })

  it.each([
    ['prepare', " transaction 'x'", 'transaction-control'],
    ['start', ' transaction', 'transaction-control'],
    ['rollback', ' to a', undefined],
  ])('is refused where that is told by a word far behind: %s …%s', (first, rest, rule) => {
    const { findings } = prepare(
      `create table a (n int);\n${first} ${UNREADABLE.repeat(8)} /*${'x'.repeat(MiB)}*/${rest};`,
    )
    expect(findings.map((each) => each.rule).slice(1)).toEqual(rule === undefined ? [] : [rule])
  })

  it('is sent in pieces too, the statement alone', () => {
    const nested = `select ${'1+'.repeat(20_000)}1`
    const { runnable, findings } = prepare(`select 1;\n${nested};\ncopy t from stdin;\n1\n\\.\n`)
    expect(findings).toMatchObject([{ rule: 'unreadable-sql', position: { line: 2 } }])
    expect(runnable.pieces?.map(({ unread, script }) => [unread, script])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ])
  })
})
