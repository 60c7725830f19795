import { describe, expect, it } from '@jest/globals'
import { describeAtomicity } from '../../../src/executors/sql/describe-atomicity.js'
import { splitSteps } from '../../../src/sql/split-steps.js'
import { aRunnable } from './a-work.js'

const told = async (text: string) => describeAtomicity(splitSteps(await aRunnable('01_a.sql', text)))

describe('what was atomic', () => {
  it.each([
    [
      'select 1; select 2; select 3; create index concurrently i on t (n); select 5; select 6;',
      'statements 1-3 in one transaction; 4 (CREATE INDEX CONCURRENTLY) alone; 5-6 in one transaction',
    ],
    ['vacuum; select 2;', 'statement 1 (VACUUM) alone; 2 in a transaction of its own'],
    [
      '-- devflow:no-transaction\nselect 1; select 2; call p(); select 4;',
      'statements 1-2 each in a transaction of its own; 3 (CALL) alone; 4 in a transaction of its own',
    ],
    [
      '-- devflow:no-transaction\nbegin; select 2; commit; begin; rollback; begin read only; commit;',
      "statements 1-3 in one transaction, the file's own; 4-5 in one transaction, the file's own, which it rolls back; 6-7 in one transaction, the file's own, which is read only",
    ],
    ['-- devflow:no-transaction\n', ''],
  ])('is told step by step: %j', async (text, expected) => {
    expect(await told(text)).toBe(expected)
  })

  it('stays short, whatever the file holds', async () => {
    const text = await told(`-- devflow:no-transaction\n${'select 1; vacuum; '.repeat(500)}`)
    expect(text.length).toBeLessThan(1_500)
    expect(text).toMatch(/; and 976 more steps$/)
  })
})
