import { describe, expect, it } from '@jest/globals'
import type { Command } from '../../src/model/inputs.js'
import type { StepState } from '../../src/model/operation.js'
import type { OutcomeState, RehearsalState } from '../../src/model/outcome.js'
import type { Status } from '../../src/model/report.js'
import { decideVerdict } from '../../src/report/decide-verdict.js'
import type { Gathered } from '../../src/report/gathered.js'
import { aDrift, aFinding, anOutcome, aPlan, aRehearsed } from '../support/builders.js'

function gathered(command: Command, more: Partial<Gathered> = {}): Gathered {
  return {
    config: { command, dryRun: false, notes: [], environment: { name: 'staging' }, redact: (text) => text },
    startedAt: new Date(0),
    directory: 'migrations',
    ...more,
  }
}

const two = aPlan(['01_a.sql', '02_b.sql'])
const none = aPlan([])
const deferred = { ...none, deferred: two.migrations }
const outcomes = (...states: OutcomeState[]) => ({
  plan: two,
  outcomes: states.map((state) => anOutcome({ state })),
})
const rehearsal = (...states: RehearsalState[]) => ({
  plan: two,
  rehearsal: states.map((state) => aRehearsed({ state })),
})
const steps = (...states: StepState[]) => ({
  operation: { steps: states.map((state) => ({ what: 'undo 02_b.sql', state })) },
})
const problem = { message: 'm', help: 'h' }
const warning = aFinding({ severity: 'warning' })

const table: readonly [Command, Partial<Gathered>, Status, number, boolean][] = [
  ['validate', {}, 'valid', 0, false],
  ['validate', { findings: [warning] }, 'valid', 0, false],
  ['validate', { findings: [aFinding()] }, 'invalid', 1, false],
  ['setup', {}, 'valid', 0, false],
  ['status', { plan: none }, 'up-to-date', 0, true],
  ['status', { plan: two }, 'pending', 0, false],
  ['status', { plan: none, findings: [warning] }, 'up-to-date', 0, true],
  ['status', { plan: none, drift: [aDrift()] }, 'refused', 1, false],
  ['status', { plan: two, findings: [aFinding()] }, 'refused', 1, false],
  ['plan', { plan: none }, 'up-to-date', 0, true],
  ['plan', { plan: two }, 'planned', 0, false],
  ['plan', { plan: deferred }, 'pending', 0, false],
  ['plan', { plan: two, refusals: [problem] }, 'refused', 1, false],
  ['dry-run', rehearsal('rehearsed', 'rehearsed'), 'rehearsed', 0, false],
  ['dry-run', rehearsal('partly-rehearsed', 'not-run'), 'rehearsed', 0, false],
  ['dry-run', rehearsal('not-rehearsable', 'not-rehearsable'), 'planned', 0, false],
  ['dry-run', rehearsal('rehearsed', 'failed'), 'failed', 1, false],
  ['dry-run', { plan: none }, 'up-to-date', 0, true],
  ['verify', { plan: none }, 'up-to-date', 0, true],
  ['verify', { plan: two }, 'pending', 1, false],
  ['verify', { plan: none, findings: [aFinding({ rule: 'invalid-index' })] }, 'refused', 1, false],
  ['verify', { plan: none, findings: [aFinding({ rule: 'health-check' })] }, 'refused', 1, false],
  ['migrate', { plan: none, unhealthy: true }, 'failed', 1, false],
  ['migrate', { ...outcomes('applied', 'applied'), unhealthy: true }, 'failed', 1, false],
  ['history', { plan: none }, 'up-to-date', 0, true],
  ['history', { plan: two }, 'pending', 0, false],
  ['history', { plan: none, drift: [aDrift()] }, 'up-to-date', 0, false],
  ['migrate', { plan: none }, 'up-to-date', 0, true],
  ['migrate', { plan: deferred }, 'pending', 0, false],
  ['migrate', outcomes('applied', 'applied'), 'applied', 0, true],
  [
    'migrate',
    { ...outcomes('applied', 'applied'), plan: { ...two, deferred: two.migrations } },
    'applied',
    0,
    false,
  ],
  ['migrate', outcomes('failed', 'not-run'), 'failed', 1, false],
  ['migrate', outcomes('applied', 'failed'), 'partial', 1, false],
  ['migrate', outcomes('partial', 'not-run'), 'partial', 1, false],
  ['migrate', outcomes('unknown', 'not-run'), 'unknown', 1, false],
  ['migrate', outcomes('applied', 'unknown'), 'unknown', 1, false],
  ['migrate', outcomes('applied', 'not-run'), 'partial', 1, false],
  ['migrate', outcomes('not-run', 'not-run'), 'partial', 1, false],
  ['migrate', { ...rehearsal('failed', 'not-run') }, 'failed', 1, false],
  ['migrate', { plan: two, drift: [aDrift()] }, 'refused', 1, false],
  ['migrate', { plan: two, findings: [aFinding()] }, 'refused', 1, false],
  ['migrate', { plan: two, refusals: [problem] }, 'refused', 1, false],
  ['migrate', { plan: two, cancelled: true }, 'cancelled', 1, false],
  ['migrate', { problems: [problem] }, 'failed', 2, false],
  ['migrate', { problems: [problem], drift: [aDrift()], cancelled: true }, 'failed', 2, false],
  ['migrate', { bug: 'stack' }, 'failed', 1, false],
  ['migrate', { bug: 'stack', problems: [problem] }, 'failed', 1, false],
  ['migrate', {}, 'up-to-date', 0, false],
  ['rollback', steps(), 'up-to-date', 0, false],
  ['rollback', steps('planned', 'planned'), 'planned', 0, false],
  ['rollback', steps('done', 'done'), 'applied', 0, false],
  ['rollback', steps('done', 'failed', 'not-run'), 'partial', 1, false],
  ['rollback', steps('failed', 'not-run'), 'failed', 1, false],
  ['rollback', steps('done', 'unknown'), 'unknown', 1, false],
  ['rollback', steps('partial', 'not-run'), 'partial', 1, false],
  ['rollback', { ...steps('partial', 'not-run'), endedBy: 'SIGTERM' }, 'partial', 143, false],
  ['rollback', { ...steps('planned'), refusals: [problem] }, 'refused', 1, false],
]

describe('the verdict', () => {
  it.each(table)('of %s with %j is %s, exit code %d, ready %s', (command, more, status, exitCode, ready) => {
    expect(decideVerdict(gathered(command, more))).toEqual({ status, exitCode, ready })
  })

  it('has been asked for every status of the contract', () => {
    const all: Record<Status, true> = {
      valid: true,
      invalid: true,
      pending: true,
      'up-to-date': true,
      planned: true,
      rehearsed: true,
      applied: true,
      partial: true,
      failed: true,
      refused: true,
      cancelled: true,
      unknown: true,
    }
    expect(new Set(table.map(([, , status]) => status))).toEqual(new Set(Object.keys(all)))
  })

  it('is never ready with an exit code but 0', () => {
    for (const command of ['status', 'migrate', 'verify'] as const) {
      for (const [, more] of table) {
        const { exitCode, ready } = decideVerdict(gathered(command, more))
        expect(ready && exitCode !== 0).toBe(false)
      }
    }
  })
})
