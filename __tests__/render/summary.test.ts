import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { renderSummary } from '../../src/render/summary.js'
import {
  aFailure,
  aFinding,
  anAppliedRecord,
  anOutcome,
  aPlan,
  aReport,
  aRuleFinding,
  aSuppressedFinding,
} from '../support/builders.js'
import { exampleReports } from './example-reports.js'

const large = (() => {
  const names = Array.from({ length: 5000 }, (_, index) => `${index}_migration_é.sql`)
  return aReport({
    status: 'failed',
    exitCode: 1,
    plan: aPlan(names),
    outcomes: names.map((name, index) =>
      anOutcome({ name, ...(index === 4999 ? { state: 'failed' as const, failure: aFailure() } : {}) }),
    ),
    records: names.map((name) => anAppliedRecord({ name })),
    findings: names.map((file) => aFinding({ file, severity: 'warning' })),
  })
})()

describe('the job summary', () => {
  it('begins with the verdict and the target', () => {
    const [heading] = renderSummary(exampleReports.applied ?? aReport()).split('\n')
    expect(heading).toBe('## ✅ 3 migrations applied to `staging` (database `app` at `db.example.com:5432`)')
  })

  it('has one table of the migrations', () => {
    for (const report of Object.values(exampleReports)) {
      expect(renderSummary(report).match(/^\| Version/gm)?.length ?? 0).toBeLessThanOrEqual(1)
    }
  })

  it('stays within its budget of bytes, whatever it is, and keeps the verdict and why it failed', () => {
    const whole = Buffer.byteLength(renderSummary(large, 10_000_000))
    expect(whole).toBeGreaterThan(1_048_576)
    expect(Buffer.byteLength(renderSummary(large))).toBeLessThanOrEqual(1_000_000)
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: whole }), (limit) => {
        const summary = renderSummary(large, limit)
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit)
        expect(summary).toMatch(/^## ❌ `4999_migration_é\.sql` failed/)
        expect(summary.split('<details>')).toHaveLength(summary.split('</details>').length)
      }),
      { numRuns: 40 },
    )
  })

  it('gives up details before rows, and counts the rows it leaves out', () => {
    const summary = renderSummary(large, 60_000)
    const rows = summary.match(/^\| `\d+`/gm)?.length ?? 0
    expect(rows).toBeGreaterThan(100)
    expect(summary).toContain(`| … | and ${5000 - rows} more | | | |`)
    expect(summary).toContain('<summary>Failures (1)</summary>')
    expect(summary).not.toContain('<summary>Findings')
    expect(summary).toContain('the JSON report holds everything')
  })

  it('keeps the verdict where nothing else fits', () => {
    expect(renderSummary(large, 1)).toMatch(/^## ❌ .*\n\nCommand .*\n$/)
  })

  it('has the findings of each severity by file, errors in sight, and counts what does not fit', () => {
    const findings = Array.from({ length: 6000 }, (_, index) =>
      aRuleFinding({
        file: `migrations/${index % 50}_é.sql`,
        severity: index % 3 === 0 ? 'error' : index % 3 === 1 ? 'warning' : 'notice',
        message: `Finding ${index}.`,
      }),
    )
    const report = aReport({ command: 'validate', status: 'invalid', exitCode: 1, findings })
    expect(Buffer.byteLength(renderSummary(report, 50_000_000))).toBeGreaterThan(1_048_576)
    const summary = renderSummary(report)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_000)
    expect(summary).toContain('**2000 errors, 2000 warnings, 2000 notices**')
    expect(summary).toContain('<details open><summary>❌ Errors (2000)</summary>')
    expect(summary.match(/^\*\*error\*\* /gm)).toHaveLength(2000)
    const sections = summary.split('</details>')
    for (const [severity, title] of [
      ['warning', 'Warnings'],
      ['notice', 'Notices'],
    ] as const) {
      const shown = summary.match(new RegExp(`^\\*\\*${severity}\\*\\* `, 'gm'))?.length ?? 0
      const left = sections.find((text) => text.includes(title))
      if (left === undefined) expect(summary).toContain('_Some sections did not fit here')
      else if (shown < 2000) expect(left).toContain(`and ${2000 - shown} more`)
    }
  })

  it('tells once why a rule is there, and what somebody forced or suppressed', () => {
    const forced = aRuleFinding({ rule: 'truncate', force: 'used', message: '`TRUNCATE cart` empties it.' })
    const findings = [aRuleFinding(), aRuleFinding({ file: 'b.sql' }), forced]
    const suppressed = [aSuppressedFinding()]
    const summary = renderSummary(aReport({ actor: 'octocat', findings, suppressed }))
    expect(summary.match(/^Why: /gm)).toHaveLength(2)
    expect(summary).toContain(
      '### Forced by `octocat`\n\n- `migrations/04_index.sql:3:1` `TRUNCATE cart` empties it. (`truncate`)',
    )
    expect(summary).toContain('<summary>Suppressed (1)</summary>')
    expect(summary).toContain('`drop-table`: Empty since March.')
  })

  it('cuts one endless message, not the summary', () => {
    const failure = aFailure({ message: 'x'.repeat(3_000_000), excerpt: 'y'.repeat(3_000_000) })
    const report = aReport({
      plan: aPlan(['01_users.sql']),
      outcomes: [anOutcome({ state: 'failed', failure })],
    })
    const summary = renderSummary({ ...report, status: 'failed', exitCode: 1 })
    expect(summary.length).toBeLessThan(20_000)
    expect(summary).toContain('<summary>Failures (1)</summary>')
  })
})
