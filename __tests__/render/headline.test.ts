import { describe, expect, it } from '@jest/globals'
import type { StepState } from '../../src/model/operation.js'
import type { Report, Status } from '../../src/model/report.js'
import { makeHeadline } from '../../src/render/headline.js'
import { makeRows } from '../../src/render/rows.js'
import { aFailure, aFinding, anOutcome, aPlace, aPlan, aRehearsed, aReport } from '../support/builders.js'

const textOf = (overrides: Partial<Report>) => makeHeadline(aReport(overrides), (foreign) => foreign).text

const steps = (...states: StepState[]) => ({
  steps: states.map((state) => ({ what: 'undo 02_b.sql', state })),
})

const unwell = aFinding({ rule: 'health-check' })

describe('the headline', () => {
  it.each<[Partial<Report>, RegExp]>([
    [{ command: 'validate', status: 'valid' }, /^2 migration files are valid$/],
    [{ status: 'up-to-date' }, /^Nothing to do on staging/],
    [{ command: 'verify' }, /^2 migrations are applied to staging .* as in 2 files$/],
    [{ command: 'plan', status: 'planned', plan: aPlan(['03_a.sql']) }, /^1 migration would run on staging/],
    [
      {
        command: 'plan',
        status: 'planned',
        plan: aPlan(['03_a.sql']),
        notRehearsed: { why: 'no shadow', ways: [] },
      },
      /^1 migration would run on staging .*: not rehearsed$/,
    ],
    [
      { status: 'rehearsed', plan: aPlan(['03_a.sql']), rehearsedOn: aPlace({ kind: 'shadow' }) },
      /^1 migration rehearsed on a shadow of staging .*: nothing was changed$/,
    ],
    [
      { status: 'rehearsed', plan: aPlan(['03_a.sql']), rehearsedOn: aPlace() },
      /^1 migration rehearsed on staging .*: nothing was changed$/,
    ],
    [
      { command: 'status', status: 'pending', plan: aPlan(['03_a.sql']) },
      /^1 migration is pending on staging/,
    ],
    [{ status: 'refused', exitCode: 1 }, /^Refused on staging .*Nothing was applied$/],
    [
      { status: 'cancelled', exitCode: 1, outcomes: [anOutcome()] },
      /^Cancelled\. 1 migration applied before$/,
    ],
    [
      { status: 'cancelled', exitCode: 143, endedBy: 'SIGTERM', outcomes: [] },
      /^Cancelled by SIGTERM\. Nothing was applied$/,
    ],
    [
      {
        status: 'cancelled',
        exitCode: 130,
        endedBy: 'SIGINT',
        outcomes: [anOutcome(), anOutcome({ name: '02_a.sql', state: 'failed', failure: aFailure() })],
      },
      /^Cancelled by SIGINT\. 02_a.sql was rolled back\. 1 migration applied before$/,
    ],
    [
      { command: 'rollback', exitCode: 1, status: 'partial', operation: steps('done', 'partial', 'not-run') },
      /^rollback on staging .* stopped half-way in a step, and what that did until then is kept\. 1 step done before$/,
    ],
    [
      { command: 'rollback', exitCode: 1, status: 'refused', operation: steps('not-run') },
      /^rollback is refused on staging .*\. Nothing was done$/,
    ],
    [
      { command: 'rollback', exitCode: 1, status: 'failed', operation: steps('done'), findings: [unwell] },
      /^rollback on staging .*: 1 step done, and 1 health check failed afterwards$/,
    ],
    [
      { command: 'serve', status: 'cancelled', exitCode: 130, endedBy: 'SIGINT' },
      /^Served staging until SIGINT$/,
    ],
    [
      { status: 'partial', exitCode: 143, endedBy: 'SIGTERM', outcomes: [anOutcome({ state: 'partial' })] },
      /^Cancelled by SIGTERM\. 01_users.sql is partly applied on staging/,
    ],
    [
      {
        command: 'rollback',
        exitCode: 1,
        status: 'unknown',
        operation: {
          steps: [
            { what: 'undo 01_a.sql', state: 'unknown', failure: aFailure({ code: 'DF006', message: 'why' }) },
          ],
        },
      },
      /^rollback on staging .* is done as far as the server said, and nothing confirms it\./,
    ],
    [
      { status: 'unknown', exitCode: 1, outcomes: [anOutcome({ state: 'unknown' })] },
      /^The connection was lost on staging .* what became of 01_users.sql is not known$/,
    ],
    [
      {
        status: 'unknown',
        exitCode: 1,
        outcomes: [anOutcome({ state: 'unknown', failure: aFailure({ code: 'DF007' }) })],
      },
      /^Nobody can tell what became of 01_users.sql on staging/,
    ],
    [
      {
        status: 'unknown',
        exitCode: 130,
        endedBy: 'SIGINT',
        outcomes: [
          anOutcome({ name: '02_b.sql', state: 'unknown', failure: aFailure({ code: 'cancelled' }) }),
          anOutcome({ name: '03_c.sql', state: 'not-run' }),
        ],
      },
      /^Cancelled by SIGINT\. 02_b.sql did not stop in time on staging .*: what becomes of it is not known$/,
    ],
    [
      {
        command: 'rollback',
        status: 'unknown',
        exitCode: 130,
        endedBy: 'SIGINT',
        operation: {
          steps: [{ what: 'undo 01_a.sql', state: 'unknown', failure: aFailure({ code: 'cancelled' }) }],
        },
      },
      /^Cancelled by SIGINT\. rollback on staging .* did not stop in time: what becomes of it is not known\. Nothing was done$/,
    ],
    [
      { status: 'failed', exitCode: 1, rehearsal: [aRehearsed({ state: 'failed', failure: aFailure() })] },
      /^The rehearsal of 01_users.sql failed on staging .* Nothing was applied$/,
    ],
    [{ status: 'failed', exitCode: 1 }, /^Failed on staging/],
    [
      { status: 'failed', exitCode: 1, findings: [unwell], outcomes: [anOutcome()] },
      /^1 migration applied to staging .*, and 1 health check failed afterwards$/,
    ],
    [
      { status: 'refused', exitCode: 1, findings: [unwell, unwell] },
      /^2 health checks failed on staging .* Nothing was applied$/,
    ],
    [{ status: 'refused', exitCode: 1, findings: [unwell, aFinding()] }, /^2 errors in the migrations/],
    [{ status: 'invalid', exitCode: 1, findings: [aFinding(), aFinding()] }, /^2 errors in the migrations/],
  ])('of %j matches %s', (overrides, expected) => {
    expect(textOf(overrides)).toMatch(expected)
  })

  it('is never a good one for a run that did not end well', () => {
    const statuses: Status[] = [
      'valid',
      'pending',
      'up-to-date',
      'planned',
      'rehearsed',
      'applied',
      'failed',
      'unknown',
    ]
    for (const status of statuses) {
      for (const exitCode of [1, 2] as const) {
        expect(makeHeadline(aReport({ status, exitCode }), String).mood).toBe('bad')
      }
    }
  })
})

describe('the rows', () => {
  const states = (overrides: Partial<Report>) =>
    makeRows(aReport({ plan: aPlan(['01_a.sql', '02_b.sql']), ...overrides })).map(({ state }) => state)

  it('are pending before anything ran', () => {
    const outcomes = ['01_a.sql', '02_b.sql'].map((name) => anOutcome({ name, state: 'not-run' }))
    expect(states({ outcomes })).toEqual(['pending', 'pending'])
  })

  it('show the rehearsal where nothing was applied after it', () => {
    const rehearsal = [
      aRehearsed({ name: '01_a.sql', state: 'failed', failure: aFailure() }),
      aRehearsed({ name: '02_b.sql', state: 'not-run' }),
    ]
    expect(states({ rehearsal })).toEqual(['rehearsal-failed', 'pending'])
  })

  it('show what was applied rather than what was rehearsed', () => {
    const rehearsal = ['01_a.sql', '02_b.sql'].map((name) => aRehearsed({ name }))
    const outcomes = [
      anOutcome({ name: '01_a.sql', state: 'failed', failure: aFailure() }),
      anOutcome({ name: '02_b.sql', state: 'not-run' }),
    ]
    expect(states({ rehearsal, outcomes })).toEqual(['failed', 'not-reached'])
  })
})
