import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { matchStatements } from '../../src/sql/match-statements.js'
import { splitStatements } from '../../src/sql/split-statements.js'

describe('splitStatements', () => {
  it.each<[string, string, string[]]>([
    ['nothing of an empty file', ' \n; ;\n', []],
    ['nothing of a comment', '-- only; a comment\n', []],
    ['a statement without its semicolon', 'SELECT 1;\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    [
      'the comments before it',
      '-- one; two\n/* three; */ SELECT 1;;\n-- four\nSELECT 2; -- five\n',
      ['-- one; two\n/* three; */ SELECT 1', '-- four\nSELECT 2'],
    ],
    [
      'bodies and quotes whole',
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nDO $$ BEGIN; END $$;SELECT ';'",
      [
        'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END',
        'DO $$ BEGIN; END $$',
        "SELECT ';'",
      ],
    ],
    [
      'what is white space elsewhere, and a letter to the server',
      'drop table t\u00a0;\f\vdrop table u\u3000 ;',
      ['drop table t\u00a0', 'drop table u\u3000'],
    ],
  ])('keeps %s', (_what, text, expected) => {
    expect(splitStatements(text)).toEqual(expected)
  })

  it('loses nothing that a comparison with the file would miss', () => {
    const part = fc.constantFrom(
      ...[
        'SELECT 1',
        "INSERT INTO t VALUES ('a;b', E'\\'; ')",
        '-- c; d\n',
        '/* e; /* f */ */',
        ';',
        '\r\n',
        ' ',
        '\t',
      ],
      ...['DO $x$ BEGIN; END $x$', 'CREATE TABLE "a;b" ()', 'SELECT $1', "U&'\\0041'"],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('\n')
        expect(matchStatements(splitStatements(text), text)).toBe(true)
        expect(matchStatements([...splitStatements(text), 'SELECT 3'], text)).toBe(false)
      }),
    )
  })
})
