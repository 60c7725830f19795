import { describe, expect, it } from '@jest/globals'
import { isMadeAgain, isMadeBefore, keyOf } from '../../src/rules/is-made-again.js'
import type { JudgedFile } from '../../src/rules/rule.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'

const aFile = async (text: string): Promise<JudgedFile> => {
  const parsed = (await openParser()).parse(text)
  const statements = parsed.kind === 'statements' ? parsed.statements : []
  return {
    file: aMigration({ text }),
    statements: statements.map((each) => ({ ...each, within: 'file', offsetOf: () => each.span.start })),
    transactional: true,
  }
}

describe('what a file makes', () => {
  it('counts from the statement on, and before it apart', async () => {
    const file = await aFile('select 1; create view v as select 1; select 2;')
    const again = [0, 1, 2].map((index) => isMadeAgain({ file, index }, 'relation:public.v'))
    const before = [0, 1, 2].map((index) => isMadeBefore({ file, index }, 'relation:public.v'))
    expect({ again, before }).toEqual({ again: [true, true, false], before: [false, false, true] })
  })

  it('takes a name without a schema to be in public', () => {
    expect([keyOf(['t']), keyOf({ relname: 't' }), keyOf(['db', 's', 't']), keyOf(undefined)]).toEqual([
      'public.t',
      'public.t',
      's.t',
      'public.',
    ])
  })

  it('leaves out what stands in the body of a function', async () => {
    const { statements, ...file } = await aFile('create view v as select 1;')
    const stored: JudgedFile = {
      ...file,
      statements: statements.map((each) => ({ ...each, within: 'function' })),
    }
    expect(isMadeAgain({ file: stored, index: 0 }, 'relation:public.v')).toBe(false)
  })
})
