import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openParser } from '../../src/sql/open-parser.js'
import { readTrees } from '../../src/sql/read-trees.js'
import { aScript } from './a-script.js'

const parser = await openParser()
const bare = new Set(['InsertStmt', 'CreateFunctionStmt'])

it('a tree that is left out changes nothing else', () => {
  fc.assert(
    fc.property(aScript, (text) => {
      const whole = parser.parse(text)
      if (whole.kind !== 'statements') return
      const statements = whole.statements.map((one) => (bare.has(one.node) ? { ...one, tree: {} } : one))
      expect(parser.parse(text, bare)).toEqual({
        kind: 'statements',
        statements,
        offsetOf: expect.any(Function),
      })
    }),
  )
})

it('braces and quotes in a text are text', () => {
  const statement = (sval: string) => ({
    stmt: { InsertStmt: { a: { sval } } },
    stmt_location: 3,
    stmt_len: 9,
  })
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('{', '}', '"', '\\', '[', ',', 'é', '😀', '\n') })),
      fc.boolean(),
      (some, isLarge) => {
        // A large one is not made into trees before what is left out is found.
        const texts = isLarge ? [...some, '{'.repeat(300 * 1024), ...some] : some
        const json = Buffer.from(JSON.stringify({ version: 1, stmts: texts.map(statement) }))
        expect(readTrees(json, new Set())).toEqual(texts.map(statement))
        expect(readTrees(json, new Set(['InsertStmt']))).toEqual(
          texts.map(() => ({ stmt: { InsertStmt: {} }, stmt_location: 3, stmt_len: 9 })),
        )
      },
    ),
  )
})
