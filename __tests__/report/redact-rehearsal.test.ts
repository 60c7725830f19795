import { describe, expect, it } from '@jest/globals'
import { redactReport } from '../../src/report/redact-report.js'
import { aRehearsed, aReport } from '../support/builders.js'
import { aHostileReport } from '../support/hostile-report.js'

const secret = 'hunter2-of-the-database'
const redact = (text: string) => text.replaceAll(secret, '***')

describe('the rehearsal of a report', () => {
  it('holds no secret in any name, text or reason', () => {
    const { rehearsal, rehearsedOn, sizes } = redactReport(
      aHostileReport(() => `before ${secret} after`),
      redact,
    )
    const kept = rehearsal.map(({ version: _, name: __, path: ___, failure: ____, ...rest }) => rest)
    const objects = JSON.stringify({ kept, rehearsedOn, sizes }).replaceAll(
      `"type":"before ${secret} after"`,
      '',
    )
    expect(objects).not.toContain(secret)
    expect(objects.match(/\*{3}/g)?.length).toBeGreaterThanOrEqual(19)
  })

  it('holds none in why there was none', () => {
    const notRehearsed = { why: `${secret} is refused`, ways: [`Use ${secret}.`] }
    expect(redactReport(aReport({ notRehearsed }), redact).notRehearsed).toEqual({
      why: '*** is refused',
      ways: ['Use ***.'],
    })
  })

  it('is as it was where it holds none', () => {
    const report = aHostileReport(() => 'harmless', { rehearsal: [aRehearsed({ reason: 'none' })] })
    expect(redactReport(report, redact)).toEqual(report)
  })
})
