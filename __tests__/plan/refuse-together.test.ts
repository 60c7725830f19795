import { describe, expect, it } from '@jest/globals'
import type { RunnableMigration } from '../../src/model/plan.js'
import { refuseTogether } from '../../src/plan/refuse-together.js'
import { aMigration } from '../support/builders.js'

function why(overrides: Partial<RunnableMigration>): string | undefined {
  const file = aMigration({ name: '01_a.sql' })
  const [found] = refuseTogether([{ file, text: file.text, mode: 'transaction', ...overrides }])
  return found?.message.split('01_a.sql can not: ')[1]
}

const span = { start: 0, end: 1 }

describe('transaction: all', () => {
  it('takes files that were read statement by statement and run in a transaction', () => {
    expect(why({ statements: [{ span }] })).toBeUndefined()
  })

  it.each<[string, Partial<RunnableMigration>]>([
    ['is sent in pieces', { pieces: [] }],
    ['holds a statement that the parser could not read', { pieces: [], unreadable: 'it is too deep' }],
  ])('takes a file that %s', (_, overrides) => {
    expect(why(overrides)).toBeUndefined()
  })

  it('says of a file that is listed as legacy that it is, and not that it declares anything', () => {
    const file = aMigration({
      name: '01_a.sql',
      directives: { noTransaction: true, noTransactionBy: 'legacy', timeouts: {} },
    })
    expect(why({ statements: [{ span }], mode: 'no-transaction', file })).toBe('it is listed as legacy.')
  })

  it.each<[string, Partial<RunnableMigration>]>([
    ['VACUUM can not run in a transaction.', { statements: [{ span, outside: 'VACUUM' }] }],
    ['it runs outside a transaction.', { statements: [{ span }], mode: 'no-transaction' }],
    ['it could not be analysed as a whole: it has a syntax error.', { unreadable: 'it has a syntax error' }],
    ['it could not be analysed as a whole.', {}],
  ])('says why another one can not be a part of it: %s', (reason, overrides) => {
    expect(why(overrides)).toBe(reason)
  })
})
