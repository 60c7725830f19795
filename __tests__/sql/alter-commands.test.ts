import { expect, it } from '@jest/globals'
import { alterCommands } from '../../src/sql/alter-commands.js'
import { openParser } from '../../src/sql/open-parser.js'
import { splitList } from '../../src/sql/split-list.js'

const parser = await openParser()

it.each([
  ['alter table a add column b int', ['add column b int']],
  [
    'ALTER TABLE IF EXISTS "x y".b * ADD c numeric(10, 2), /* , */ DROP d -- ,\n, add e int[]',
    ['ADD c numeric(10, 2)', 'DROP d', 'add e int[]'],
  ],
  [
    'alter table a.b.c add check (a in (1, 2)), validate constraint "d,e"',
    ['add check (a in (1, 2))', 'validate constraint "d,e"'],
  ],
  ["alter view v set (a = 'x,y')", ["set (a = 'x,y')"]],
  ['alter index i attach partition j', ['attach partition j']],
])('%s has its commands where they stand', (sql, expected) => {
  const parsed = parser.parse(`  ${sql};`)
  if (parsed.kind !== 'statements' || !parsed.statements[0]) throw new Error(parsed.kind)
  const commands = alterCommands(parsed.statements[0], { text: `  ${sql};` })
  expect(commands.map(({ span }) => `  ${sql}`.slice(span.start, span.end))).toEqual(expected)
  expect(commands.map(({ of }) => of)).toEqual(expected.map(() => expected.length))
})

it('a list is cut at its own commas', () => {
  const text = "a, (b, c), 'd,e', f[1,2],, g"
  const parts = splitList(text, { start: 0, end: text.length })
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual([
    'a',
    '(b, c)',
    "'d,e'",
    'f[1,2]',
    'g',
  ])
})
