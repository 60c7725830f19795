import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { matchStatements } from '../../src/sql/match-statements.js'

describe('statements that the Supabase CLI recorded', () => {
  it.each([
    [
      'as it cuts them',
      ['-- head', "create table a (t text default 'a;b')"],
      "-- head\n;\ncreate table a (t text default 'a;b');\n",
    ],
    ['with what follows the last', ['select 1', '-- the end'], 'select 1;\n-- the end\n'],
    ['without the comments between', ['select 1', 'select 2'], 'select 1; -- one\n/* two */ select 2;'],
    ['as one piece', ['select 1; select 2;'], 'select 1; select 2;\n'],
    ['with other line ends', ['create table a (\r\n n int\r\n)'], 'create table a (\n n int\n);\n'],
    ['of a file with comments alone', [], '-- nothing\n;;\n'],
    ['with letters that look like white space', ['drop table t\u00a0'], 'drop table t\u00a0;\n'],
    ['of an empty file', [], ''],
    [
      'cut inside of a body',
      ['create function f() returns int language sql begin atomic select 1', 'end'],
      'create function f() returns int language sql begin atomic select 1; end;',
    ],
  ])('are those of the file %s', (_, statements, text) => {
    expect(matchStatements(statements, text)).toBe(true)
  })

  it.each([
    ['another word', ['select 1'], 'select 2;'],
    ['one more at the end', ['select 1'], 'select 1; select 2;'],
    ['one more at the beginning', ['select 2'], 'select 1; select 2;'],
    ['one less', ['select 1', 'select 2'], 'select 1;'],
    ['another order', ['select 2', 'select 1'], 'select 1; select 2;'],
    ['white space inside a text', ["select 'a b'"], "select 'ab';"],
    ['a longer last word', ['select a'], 'select ab;'],
    ['what is in a comment now', ['select 1', 'select 2'], 'select 1; -- select 2;'],
  ])('are not those of a file with %s', (_, statements, text) => {
    expect(matchStatements(statements, text)).toBe(false)
  })

  const statement = fc.constantFrom(
    'select 1',
    "insert into t values ('x;y')",
    'do $$ begin null; end $$',
    '-- why\nselect 2',
    'create table "a;b" ()',
  )

  it('match their own text whatever stands between them, and no text with a statement more', () => {
    const between = fc
      .array(fc.constantFrom(' ', '\n', ';', '\t', '\r\n'), { maxLength: 4 })
      .map((parts) => `;${parts.join('')}\n`)
    fc.assert(
      fc.property(fc.array(fc.tuple(statement, between), { maxLength: 6 }), statement, (parts, extra) => {
        const statements = parts.map(([each]) => each)
        const text = parts.map((part) => part.join('')).join('')
        expect(matchStatements(statements, text)).toBe(true)
        if (!extra.startsWith('--')) expect(matchStatements(statements, `${text}${extra};`)).toBe(false)
      }),
    )
  })
})
