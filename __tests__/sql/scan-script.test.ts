import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openParser } from '../../src/sql/open-parser.js'
import { scanScript } from '../../src/sql/scan-script.js'
import { aScript, aSoup } from './a-script.js'

const parser = await openParser()

/** Each statement without its semicolon; commands of psql in angle brackets. */
function cut(text: string): string[] {
  return Array.from(scanScript(text), (item) => {
    const part = text.slice(item.span.start, item.span.end)
    return item.kind === 'psql-command' ? `<${part}>` : part.replace(/;$/, '')
  })
}

function startsOf(text: string): number[] {
  return Array.from(scanScript(text), ({ span }) => span.start)
}

function expectAsParsed(text: string): boolean {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') return false
  expect([text, startsOf(text)]).toEqual([text, parsed.statements.map(({ span }) => span.start)])
  const ends = Array.from(scanScript(text), ({ span }) => text.slice(0, span.end).replace(/;$/, ''))
  for (const [index, { span }] of parsed.statements.entries()) {
    expect(ends[index]?.startsWith(text.slice(0, span.end))).toBe(true)
  }
  return true
}

describe('a script', () => {
  it.each([
    ['select 1; select 2', ['select 1', 'select 2']],
    [';; ;select 1;;', ['select 1']],
    ['-- a;\n/* b; */', []],
    [
      'create function f() returns int language sql begin atomic select 1; select case when true then 1 end; end; select 2',
      [
        'create function f() returns int language sql begin atomic select 1; select case when true then 1 end; end',
        'select 2',
      ],
    ],
    [
      'create or replace rule r as on insert to t do (delete from a; delete from b); select 1',
      ['create or replace rule r as on insert to t do (delete from a; delete from b)', 'select 1'],
    ],
    ['select begin atomic from t; select 2', ['select begin atomic from t', 'select 2']],
    ['create table t (a int; select 1', ['create table t (a int', 'select 1']],
    [
      'create procedure p() begin atomic end; select 1',
      ['create procedure p() begin atomic end', 'select 1'],
    ],
  ])('is cut where its statements end: %j', (text, statements) => {
    expect(cut(text)).toEqual(statements)
  })

  it('is cut as the parser cuts it, whatever it is made of', () => {
    let accepted = 0
    let all = 0
    fc.assert(
      fc.property(aScript, (text) => {
        all++
        if (expectAsParsed(text)) accepted++
      }),
      { numRuns: 2_000 },
    )
    expect(accepted).toBeGreaterThan(all * 0.9)
  })

  it('is cut as the parser cuts it, where a soup of tokens happens to be SQL', () => {
    fc.assert(
      fc.property(aSoup, (text) => {
        expectAsParsed(text)
      }),
      { numRuns: 5_000 },
    )
  })

  it('is whole, nothing lost and nothing twice, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(aSoup, fc.string({ unit: 'binary' })), (text) => {
        let from = 0
        for (const { span, next } of scanScript(text)) {
          expect(span.start).toBeGreaterThanOrEqual(from)
          expect(span.end).toBeGreaterThan(span.start)
          expect(next).toBeGreaterThanOrEqual(span.end)
          from = next
        }
        expect(from).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('tells where a quote or comment begins that nothing closes', () => {
    const unclosed = (text: string) =>
      Array.from(scanScript(text), (item) => (item.kind === 'statement' ? item.unclosed : undefined))
    expect(unclosed("select 1; select 'a; select 2;")).toEqual([undefined, 17])
    expect(unclosed('select 1; /* select 2;')).toEqual([undefined, 10])
    expect(unclosed('select $a$ $b$;')).toEqual([7])
  })
})

describe('the rows of a COPY', () => {
  const copiesOf = (text: string) =>
    Array.from(scanScript(text), (item) =>
      item.kind === 'statement' && item.copy
        ? { rows: text.slice(item.copy.rows.start, item.copy.rows.end), closed: item.copy.closed }
        : undefined,
    )

  it.each([
    ['copy t from stdin;\n1\n2\n\\.\nselect 1;', '1\n2\n'],
    [
      'COPY public."a;b" (x, y) FROM /* ; */ STDIN WITH (FORMAT csv, DELIMITER \';\') ; -- rows\n1\n\\.\nselect 1;',
      '1\n',
    ],
    ['copy t from stdin;\r\n1\r\n\\.\r\nselect 1;', '1\r\n'],
    ['copy t from stdin;\n\\.\nselect 1', ''],
    [
      'copy t from stdin;\nit\'s; $$ \\. /* -- "\n\\\\.\n.\\.\n\\.x\n\\.\nselect 1;',
      'it\'s; $$ \\. /* -- "\n\\\\.\n.\\.\n\\.x\n',
    ],
    ['copy t from stdin where a > 1;\n1\n\\.\nselect 1;', '1\n'],
    ['copy from_x from stdin;\n1\n\\.\nselect 1;', '1\n'],
  ])('are the lines up to \\. in %j', (text, rows) => {
    expect(copiesOf(text)).toEqual([{ rows, closed: true }, undefined])
  })

  it('have no end where no line is \\.', () => {
    for (const text of [
      'copy t from stdin;\n1\n\\. \n',
      'copy t from stdin;',
      'copy t from stdin;\n',
      'copy t from stdin; \\.\n',
    ]) {
      expect(copiesOf(text)).toMatchObject([{ closed: false }])
    }
  })

  it('end with the text where \\. is its last line', () => {
    expect(copiesOf('copy t from stdin;\n1\n\\.')).toEqual([{ rows: '1\n', closed: true }])
    expect(copiesOf('copy t from stdin;\r\n1\r\n\\.\r')).toEqual([{ rows: '1\r\n', closed: true }])
  })

  it.each([
    "copy t from '/file';\nselect 1;",
    'copy t to stdout;\nselect 1;',
    'copy (select * from stdin) to stdout;\nselect 1;',
    "insert into log values ('copy t from stdin;\n');\nselect 1;",
    'select copy from stdin;\nselect 1;',
    'copy t from stdin_table;\nselect 1;',
    'comment on table copy is $$ copy t from stdin; $$;\nselect 1;',
    'copy t from ſtdin;\nselect 1;',
  ])('are none in %j', (text) => {
    expect(copiesOf(text)).toEqual([undefined, undefined])
  })
})

describe('a command of psql', () => {
  it.each([
    ['\\restrict abc\nselect 1;', ['<\\restrict abc>', 'select 1']],
    ['select 1 \\gset\nselect 2;', ['<\\gset>', 'select 2']],
    ["\\echo it's\nselect 1;", ["<\\echo it's>", 'select 1']],
    ["select 'a\\b', $$ \\set $$ -- \\i\n/* \\! */;", ["select 'a\\b', $$ \\set $$ -- \\i\n/* \\! */"]],
  ])('ends with its line: %j', (text, statements) => {
    expect(cut(text)).toEqual(statements)
  })
})
