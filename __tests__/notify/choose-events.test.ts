import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { chooseEvents } from '../../src/notify/choose-events.js'
import { aDrift, aFinding, anOutcome, aPlan, aReport } from '../support/builders.js'

const inJob = { isProtected: true, isInJob: true }
const planned: Partial<Report> = { command: 'plan', status: 'planned', plan: aPlan(['03_a.sql']) }

describe('what there is to tell of a run', () => {
  it.each<[string, Partial<Report>, string]>([
    ['nothing where there was nothing to do', {}, ''],
    ['that something was applied', { status: 'applied', outcomes: [anOutcome()] }, 'applied'],
    ['that an operation did something', { command: 'rollback', status: 'applied' }, 'applied'],
    [
      'that it failed, and not that some of it was applied',
      { status: 'partial', exitCode: 1, outcomes: [anOutcome()] },
      'failed',
    ],
    ['that the set-up is wrong', { status: 'failed', exitCode: 2 }, 'failed'],
    ['that a plan waits in a job of a protected environment', planned, 'waiting-for-approval,planned'],
    [
      'the same of a dry run',
      { ...planned, command: 'migrate', dryRun: true, status: 'rehearsed' },
      'waiting-for-approval,planned',
    ],
    ['nothing of a plan of nothing', { ...planned, plan: aPlan([]) }, ''],
    ['that files drifted', { status: 'refused', exitCode: 1, drift: [aDrift()] }, 'failed,drift'],
    [
      'that the schema drifted',
      { findings: [aFinding({ rule: 'schema-drift', severity: 'warning' })] },
      'drift',
    ],
    ['nothing of a look at the history', { command: 'history', exitCode: 1 }, ''],
    ['nothing of files alone', { command: 'validate', exitCode: 1, status: 'invalid' }, ''],
  ])('%s', (_what, report, expected) => {
    expect(chooseEvents(aReport(report), inJob).join(',')).toBe(expected)
  })

  it('is no wait for an approval where nobody gives one, or nobody gets the hash', () => {
    expect(chooseEvents(aReport(planned), { ...inJob, isProtected: false })).toEqual(['planned'])
    expect(chooseEvents(aReport(planned), { ...inJob, isInJob: false })).toEqual(['planned'])
  })
})
