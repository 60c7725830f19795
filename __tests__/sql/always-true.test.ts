import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isAlwaysTrue } from '../../src/sql/always-true.js'
import { openParser } from '../../src/sql/open-parser.js'
import { treeAs } from '../../src/sql/tree.js'

const judge = async (condition: string) => {
  const parsed = (await openParser()).parse(`delete from t where ${condition}`)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (!statement) throw new Error(condition)
  return isAlwaysTrue(treeAs(statement, 'DeleteStmt')?.whereClause)
}

describe('a condition that holds for every row', () => {
  it.each([
    'true',
    '(true)',
    '1 = 1',
    '1 <> 2',
    '2 > 1.5',
    '0 = 0',
    'id = id',
    't.id = t.id',
    'id >= id',
    'x is not distinct from x',
    'not false',
    'not (1 = 2)',
    "'a' = 'a'",
    "'a' <> 'b'",
    "'t'::boolean",
    'true::boolean',
    'true = true',
    'a = 1 or true',
    'true and 1 = 1',
    'id in (id, 2)',
    '1 in (1)',
    '1 is not null',
    'null is null',
    'true is true',
    'false is not true',
    'name like name',
  ])('is %s', async (condition) => expect(await judge(condition)).toBe(true))

  it.each([
    'false',
    '1 = 2',
    'a = b',
    'a.id = b.id',
    'id <> id',
    'id is not null',
    'id is null or id is not null',
    'not true',
    'a and true',
    'random() = random()',
    'null = null',
    "'a' = 'b'",
    "'f'::boolean",
    'id',
    'id in (1, 2)',
    'exists (select 1)',
    'current of c',
    'id = $1',
  ])('is not %s', async (condition) => expect(await judge(condition)).toBe(false))

  it('is none where there is no condition', () => expect(isAlwaysTrue(undefined)).toBe(false))

  it('agrees with logic about any constants joined by AND, OR and NOT', async () => {
    const constants = fc.letrec<{ any: [string, boolean] }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<[string, boolean]>(
          ['true', true],
          ['false', false],
          ['1 = 1', true],
          ['2 < 1', false],
        ),
        tie('any').map(([text, value]): [string, boolean] => [`not (${text})`, !value]),
        fc
          .tuple(tie('any'), tie('any'))
          .map(([[a, x], [b, y]]): [string, boolean] => [`(${a}) and (${b})`, x && y]),
        fc
          .tuple(tie('any'), tie('any'))
          .map(([[a, x], [b, y]]): [string, boolean] => [`(${a}) or (${b})`, x || y]),
      ),
    })).any
    await fc.assert(
      fc.asyncProperty(constants, async ([text, value]) => expect(await judge(text)).toBe(value)),
      { numRuns: 200 },
    )
  })

  it('says nothing of what is nested beyond reason', async () => {
    expect(await judge(`${'not ('.repeat(200)}false${')'.repeat(200)}`)).toBe(false)
  })
})
