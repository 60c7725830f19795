import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppliedRecord } from '../../src/model/history.js'
import { chooseRollback, type RollbackAsked } from '../../src/plan/choose-rollback.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

const versions = ['1', '2', '3', '4', '5']
const files = versions.map((version) => aMigration({ version, name: `${version}_x.sql` }))
const row = (version: string, overrides: Partial<AppliedRecord> = {}) =>
  anAppliedRecord({ version, name: `${version}_x.sql`, status: 'completed', ...overrides })

function choose(records: readonly AppliedRecord[], asked: Partial<RollbackAsked>) {
  const { undone, refusals } = chooseRollback(files, records, { allowOutOfOrder: false, ...asked })
  return {
    undone: undone.map(({ record }) => record.version),
    refusals: refusals.map(({ message }) => message),
  }
}

describe('what a rollback undoes', () => {
  it('is the same by steps and by the version to go back to, the newest first, whatever is applied', () => {
    const subsets = fc.subarray(versions, { minLength: 1 })
    fc.assert(
      fc.property(subsets, fc.nat(), fc.array(fc.nat()), (applied, at, shuffle) => {
        const steps = at % applied.length
        const records = applied
          .map((version) => row(version))
          .toSorted((a, b) => (shuffle[Number(a.version)] ?? 0) - (shuffle[Number(b.version)] ?? 0))
        const expected = applied.slice(applied.length - steps).toReversed()
        const to = applied[applied.length - steps - 1] ?? '0'
        expect(choose(records, { to })).toEqual({ undone: expected, refusals: [] })
        if (steps > 0) expect(choose(records, { steps })).toEqual({ undone: expected, refusals: [] })
      }),
    )
  })

  it('is all that is applied, back to 0, without repeatable files and what is not applied', () => {
    const records = [
      row('1'),
      row('2', { status: 'failed' }),
      row('3'),
      row('4', { status: 'rolled_back' }),
      row('R__views', { name: 'R__views.sql' }),
    ]
    expect(choose(records, { to: '0' })).toEqual({ undone: ['3', '1'], refusals: [] })
  })

  it('begins with what is undone in part, and is nothing while a file is applied in part', () => {
    const half = row('3', { status: 'partial', journal: '{"down":{"done":1,"digest":"x"}}' })
    expect(choose([row('1'), row('2'), half], { steps: 2 }).undone).toEqual(['3', '2'])
    expect(choose([row('1'), half], { to: '3' })).toEqual({
      undone: [],
      refusals: ['3_x.sql is undone in part, so it can not be gone back to.'],
    })
    const { undone, refusals } = choose([row('1'), row('3', { status: 'partial', journal: null })], {
      steps: 1,
    })
    expect([undone, refusals]).toEqual([[], [expect.stringContaining('3_x.sql is recorded as partial')]])
    expect(choose([row('1'), row('3', { status: 'unknown' })], { only: '1' }).undone).toEqual([])
  })

  it('is nothing where an applied file is not in the folder, unless a single other one is named', () => {
    const records = [row('1'), row('9', { name: '9_gone.sql' }), row('5')]
    expect(choose(records, { steps: 1 })).toEqual({
      undone: [],
      refusals: [expect.stringContaining('9_gone.sql: applied, and not in the folder')],
    })
    expect(choose(records, { only: '05' }).undone).toEqual(['5'])
  })
})
