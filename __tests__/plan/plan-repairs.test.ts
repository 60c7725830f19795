import { describe, expect, it } from '@jest/globals'
import type { AppliedRecord } from '../../src/model/history.js'
import { planRepairs } from '../../src/plan/plan-repairs.js'
import { NOTHING_DONE, renderJournal } from '../../src/sql/journal-text.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

const files = [aMigration({ version: '2026-01-20_users', name: '2026-01-20_users.sql' })]

describe('what a repair is asked for', () => {
  it.each([
    ['2026-01-20', '2026-01-20_users'],
    ['2026-01-20_users', '2026-01-20'],
  ])('is one thing of a version, however it is written: %s and %s', (one, other) => {
    const asked = [
      { kind: 'applied', versions: [one] },
      { kind: 'reverted', versions: [other] },
    ] as const
    const { refusals } = planRepairs(asked, files, [], 'a test')
    expect(refusals.map(({ message }) => message)).toEqual([
      `Version ${other} is named twice: by applied and by reverted.`,
    ])
  })

  it('says of a file that failed outside a transaction that what it left is not looked for any more', () => {
    const started = {
      digest: 'a',
      state: 'failed',
      before: [],
      trace: { kind: 'builds-index', table: 't' },
    } as const
    const journal = renderJournal({ ...NOTHING_DONE, started })
    const detailsOf = (more: Partial<AppliedRecord>) =>
      planRepairs(
        [{ kind: 'clear', versions: ['02'] }],
        [],
        [anAppliedRecord({ name: '02_i.sql', status: 'failed', ...more })],
        'a test',
      ).steps[0]?.step.details?.join(' ')
    expect(detailsOf({ journal })).toContain('such as an INVALID index, and is not looked for any more')
    expect(detailsOf({})).not.toContain('looked for')
  })
})
