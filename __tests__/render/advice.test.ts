import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeAdvice } from '../../src/render/advice.js'
import { aFailure, anOutcome, aReport } from '../support/builders.js'

const FROM_BACKUP = 'If data was harmed, restore the backup that was taken before the run.'
const BACK_IN_TIME = 'If data was harmed, go back to the point in time before the run, which history shows.'
const REVERSE =
  'To undo what was applied, write a new migration that reverses it; never edit or delete an applied file.'

const applied = anOutcome({ version: '01', name: '01_a.sql' })
const failing = anOutcome({ version: '02', name: '02_b.sql', state: 'failed', failure: aFailure() })
const behind = anOutcome({ version: '03', name: '03_c.sql', state: 'not-run' })
const backup = { path: 'backups/a.dump', bytes: 1, sha256: 'a' } as Report['backup'] & object

function adviceOn(overrides: Partial<Report>): string[] {
  return makeAdvice(aReport({ status: 'failed', exitCode: 1, ready: false, ...overrides }), String)
}

describe('what to do next', () => {
  it('is to go back only from what was kept, and to what was taken before', () => {
    const outcomes = [applied, failing]
    expect(adviceOn({ outcomes, backup })).toEqual(expect.arrayContaining([REVERSE, FROM_BACKUP]))
    expect(adviceOn({ outcomes, isMarked: true })).toEqual(expect.arrayContaining([REVERSE, BACK_IN_TIME]))
    expect(adviceOn({ outcomes }).join(' ')).not.toMatch(/backup|point in time/)
    expect(adviceOn({ outcomes: [failing], backup }).join(' ')).not.toMatch(/backup|To undo/)
  })

  it('in a partial file is to run again only where the next run goes on there', () => {
    const partial = anOutcome({ state: 'partial', atomicity: 'Each alone.', failure: aFailure() })
    expect(adviceOn({ outcomes: [partial] }).join(' ')).toContain('the run goes on there')
    const stuck = 'Statement 1 (CREATE TEMPORARY TABLE) is done.'
    const [first = ''] = adviceOn({ outcomes: [{ ...partial, stuck }] })
    expect(first).toMatch(/The next run does not go on behind them\. Statement 1 .* is done\.$/)
  })

  it('tells those that were rolled back with the one that failed from those that were not reached', () => {
    const outcomes = [{ ...applied, state: 'not-run' as const }, failing, behind]
    expect(adviceOn({ outcomes, transaction: 'all' }).slice(0, 2)).toEqual([
      'Rolled back with it: 1 migration.',
      'Not reached: 1 migration.',
    ])
    expect(adviceOn({ outcomes: [applied, failing, behind] }).slice(0, 2)).toEqual([
      'Applied before it, and kept: 1 migration.',
      'Not reached: 1 migration.',
    ])
  })
})
