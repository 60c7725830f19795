import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../../src/model/finding.js'
import { makeAnnotations } from '../../src/render/annotations.js'
import { renderJson } from '../../src/render/json.js'
import { renderJunit } from '../../src/render/junit.js'
import { renderSarif } from '../../src/render/sarif.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { aReport, aRuleFinding } from '../support/builders.js'

const verdicts = {
  confirmed: 'confirmed: the statement did it.',
  refuted: 'refuted: the statement did not do it, and it stops nothing.',
  found: 'found only by running it: the text does not show it.',
} as const

const reportOf = (finding: Partial<Finding>) => aReport({ findings: [aRuleFinding(finding)] })

describe('a finding that a rehearsal', () => {
  it.each(['confirmed', 'refuted', 'found'] as const)('%s says so in every outlet', (measured) => {
    const report = reportOf({ measured })
    const sentence = verdicts[measured]
    expect(renderSummary(report)).toContain(`Rehearsal: ${sentence}`)
    expect(renderTerminal(report, { color: false })).toContain(`  Rehearsal   ${sentence}\n`)
    expect(makeAnnotations(report)[0]?.message).toContain(`Rehearsal: ${sentence}`)
    expect(renderJunit(report)).toContain(`Rehearsal: ${sentence}`)
    expect(JSON.parse(renderJson(report)).findings[0].measured).toBe(measured)
    const [result] = JSON.parse(renderSarif(report)).runs[0].results
    expect(result.message.text).toContain(`Rehearsal: ${sentence}`)
    expect(result.properties).toEqual({ measured })
  })

  it('refuted is never more than a notice beside the line, and offers no way out', () => {
    const [annotation] = makeAnnotations(
      reportOf({ measured: 'refuted', severity: 'error', force: 'needed' }),
    )
    expect(annotation?.level).toBe('notice')
    expect(annotation?.message).not.toMatch(/Way out|Fix|Force|Why/)
  })

  it('confirmed stays as bad as it is', () => {
    expect(makeAnnotations(reportOf({ measured: 'confirmed', severity: 'error' }))[0]?.level).toBe('error')
  })

  it('did not meet says nothing of it', () => {
    expect(renderTerminal(reportOf({}), { color: false })).not.toContain('Rehearsal')
    expect(JSON.parse(renderJson(reportOf({}))).findings[0].measured).toBeNull()
  })
})
