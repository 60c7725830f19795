import { describe, expect, it } from '@jest/globals'
import { planRepairs } from '../../src/plan/plan-repairs.js'
import { aMigration } from '../support/builders.js'

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
})
