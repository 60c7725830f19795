import { describe, expect, it } from '@jest/globals'
import { redactReport } from '../../src/report/redact-report.js'
import { aHostileReport } from '../support/hostile-report.js'

const secret = 'hunter2-of-the-database'

describe('what an operation tells', () => {
  it('holds no secret, in whatever a file, a program or another table said', () => {
    const report = aHostileReport(() => `before ${secret} after`, { command: 'rollback' })
    const { operation } = redactReport(report, (text) => text.replaceAll(secret, '***'))
    const { steps = [], next, facts } = operation ?? {}
    const told = steps.map(({ what, details, failure }) => [what, details, failure?.message, failure?.hint])
    expect(JSON.stringify({ told, next, facts })).not.toContain(secret)
    expect(told.flat(2)).toEqual(Array.from({ length: 4 }, () => 'before *** after'))
    expect(next).toEqual(['before *** after'])
    expect(facts).toEqual({ path: 'before *** after', bytes: 1 })
  })
})
