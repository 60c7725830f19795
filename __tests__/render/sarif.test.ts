import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Report } from '../../src/model/report.js'
import { renderSarif } from '../../src/render/sarif.js'
import { openSchema } from '../repository/schema.js'
import {
  aDrift,
  aFailure,
  aFinding,
  aFix,
  anOutcome,
  aReport,
  aRuleDoc,
  aRuleFinding,
  aSuppressedFinding,
} from '../support/builders.js'
import { aHostileReport } from '../support/hostile-report.js'
import { hostileText } from '../support/hostile-text.js'
import { exampleReports } from './example-reports.js'

const checkSchema = openSchema('__tests__/render/schemas/sarif.schema.json')

interface Run {
  tool: { driver: { rules: { id: string; properties: Record<string, unknown> }[] } }
  invocations: { toolExecutionNotifications: { message: { text: string } }[] }[]
  results: Result[]
}
interface Result {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[]
  partialFingerprints: Record<string, string>
  fixes?: { artifactChanges: { replacements: unknown[] }[] }[]
  suppressions?: unknown[]
}

const runOf = (report: Report, options = {}): Run => JSON.parse(renderSarif(report, options)).runs[0]
const resultsOf = (report: Report, options = {}) => runOf(report, options).results
const notesOf = (report: Report, options = {}) =>
  runOf(report, options).invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text)
const regionOf = (overrides: Partial<Report['findings'][number]>) =>
  resultsOf(aReport({ findings: [aFinding(overrides)] }))[0]?.locations[0]?.physicalLocation.region

describe('the SARIF file', () => {
  it.each(Object.entries(exampleReports))('of a run that is %s is as its schema says', (_, report) => {
    expect(checkSchema(JSON.parse(renderSarif(report)))).toEqual([])
    expect(checkSchema(JSON.parse(renderSarif(report, { forCodeScanning: true })))).toEqual([])
  })

  it('is as its schema says whatever others wrote, and makes no command, link, placeholder or mention of it', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 50, maxLength: 50 }), (values) => {
        let index = 0
        const text = renderSarif(aHostileReport(() => values[index++ % values.length] as string))
        expect(checkSchema(JSON.parse(text))).toEqual([])
        expect(text).not.toContain('##[')
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        for (const { message } of JSON.parse(text).runs[0].results) {
          expect(message.text).not.toMatch(/^\s*::|\]\(|\{\d+\}|@[A-Za-z0-9]/m)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('has every finding and drift, worst first, each pointing to its rule', () => {
    const findings = [
      aFinding({ rule: 'empty-folder', severity: 'notice' }),
      aRuleFinding(),
      aFinding(),
      aRuleFinding({ position: { line: 1, column: 1, endLine: 1, endColumn: 2 } }),
    ]
    const { results, tool } = runOf(aReport({ findings, drift: [aDrift()] }))
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['checksum-drift', 'error'],
      ['syntax-error', 'error'],
      ['create-index-not-concurrent', 'warning'],
      ['create-index-not-concurrent', 'warning'],
      ['empty-folder', 'note'],
    ])
    const { rules } = tool.driver
    expect(rules).toHaveLength(4)
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('gives lines and columns from 1, the end exclusive', () => {
    const position = { line: 2, column: 5, endLine: 4, endColumn: 7 }
    expect(regionOf({ position })).toEqual({ startLine: 2, startColumn: 5, endLine: 4, endColumn: 8 })
    expect(regionOf({ position: { ...position, endLine: 1 } })).toEqual({
      startLine: 2,
      startColumn: 5,
      endLine: 2,
      endColumn: 6,
    })
  })

  it('gives what is about no line, or no file, a place all the same', () => {
    const { position: _, ...noLine } = aFinding()
    const { file: __, ...nothing } = noLine
    const places = resultsOf(aReport({ directory: 'db/m', findings: [noLine, nothing] })).map(
      ({ locations }) => locations[0]?.physicalLocation,
    )
    const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }
    expect(places).toEqual([
      { artifactLocation: { uri: 'migrations/02_orders.sql', uriBaseId: '%SRCROOT%' }, region },
      { artifactLocation: { uri: 'db/m', uriBaseId: '%SRCROOT%' }, region },
    ])
  })

  it.each([
    ['migrations/01 é:%.sql', 'migrations/01%20%C3%A9%3A%25.sql'],
    ['/srv/a b.sql', 'file:///srv/a%20b.sql'],
    ['C:\\m\\a b.sql', 'file:///C:/m/a%20b.sql'],
    ['half \ud83d.sql', 'half%20%EF%BF%BD.sql'],
  ])('names the file %j as %s', (file, uri) => {
    const [result] = resultsOf(aReport({ findings: [aFinding({ file })] }))
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri)
  })

  it('keeps fingerprints when lines move, and tells equal lines apart', () => {
    const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 5 })
    const prints = (lines: number[], excerpt = 'drop table a;\n^') =>
      resultsOf(aReport({ findings: lines.map((line) => aFinding({ position: at(line), excerpt })) })).map(
        ({ partialFingerprints }) => partialFingerprints['devflowFinding/v1'],
      )
    expect(prints([10, 20])).toEqual(prints([13, 40]))
    expect(new Set(prints([10, 20])).size).toBe(2)
    expect(prints([10], 'drop table b;\n^')).not.toEqual(prints([10]))
  })

  it('carries the rewrite, as text to put in place of a region', () => {
    const insert = aFix().edits[0] as NonNullable<ReturnType<typeof aFix>['edits'][number]>
    const replace = { ...insert, span: { start: 50, end: 52 }, text: 'x' }
    const fix = aFix({ edits: [insert, replace] })
    const [result] = resultsOf(aReport({ findings: [aRuleFinding({ fix })] }))
    const region = { startLine: 3, startColumn: 14, endLine: 3, endColumn: 14 }
    expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: region, insertedContent: { text: 'concurrently ' } },
      { deletedRegion: { ...region, endColumn: 15 }, insertedContent: { text: 'x' } },
    ])
    const { position: _, ...unplaced } = replace
    const half = aFix({ edits: [insert, unplaced] })
    expect(resultsOf(aReport({ findings: [aRuleFinding({ fix: half })] }))[0]?.fixes).toBeUndefined()
  })

  it('has what is suppressed, with the reason; for code scanning it counts that instead', () => {
    const report = aReport({ findings: [aFinding()], suppressed: [aSuppressedFinding()] })
    expect(resultsOf(report).map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      [{ kind: 'inSource', status: 'accepted', justification: 'Empty since March.' }],
    ])
    expect(resultsOf(report, { forCodeScanning: true })).toHaveLength(1)
    expect(notesOf(report, { forCodeScanning: true })).toEqual([
      expect.stringMatching(/^1 suppressed finding left out/),
    ])
  })

  it.each([
    ['security', 'never', '9.5'],
    ['security', 'force', '8.0'],
    ['rls', 'warn', '5.5'],
    ['security', 'off', '3.0'],
    ['locks', 'warn', undefined],
  ] as const)('weighs a rule of group %s and level %s as %s', (group, production, severity) => {
    const levels = { development: 'warn', staging: 'warn', production } as const
    const { properties } = runOf(
      aReport({ findings: [aRuleFinding()], rules: [aRuleDoc({ group, levels })] }),
    ).tool.driver.rules[0] as Run['tool']['driver']['rules'][number]
    expect(properties['security-severity']).toBe(severity)
    expect((properties.tags as string[]).includes('security')).toBe(severity !== undefined)
  })

  it('tells problems and what the database refused as notifications', () => {
    const outcomes = [anOutcome({ state: 'failed', failure: aFailure() })]
    const problems = [{ message: 'The input x is y.', help: 'Write z.' }]
    expect(notesOf(aReport({ status: 'failed', exitCode: 1, outcomes, problems }))).toEqual([
      'The input x is y.\nWay out: Write z.',
      '01_users.sql failed and was rolled back: relation "orders" does not exist (SQLSTATE 42P01)',
    ])
  })

  it('holds at most 25,000 results, the worst, and says how many more there are', () => {
    const warning = aFinding({ severity: 'warning' })
    const findings = [...Array.from({ length: 25_004 }, () => warning), aFinding()]
    const report = aReport({ findings })
    const results = resultsOf(report)
    expect(results).toHaveLength(25_000)
    expect(results[0]?.level).toBe('error')
    expect(notesOf(report)).toEqual([expect.stringMatching(/^5 more findings did not fit here/)])
  })

  it('is at most 10 MB when compressed, whatever it holds', () => {
    const findings = Array.from({ length: 8000 }, () =>
      aFinding({ message: randomBytes(1400).toString('base64') }),
    )
    const report = aReport({ findings })
    const text = renderSarif(report)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
    const { results } = JSON.parse(text).runs[0]
    expect(results.length).toBeGreaterThan(1000)
    expect(notesOf(report)).toEqual([
      `${8000 - results.length} more findings did not fit here: the JSON report has them all.`,
    ])
  })

  it('leaves no hole in a rule that nothing is known of', () => {
    const [rule] = runOf(aReport({ findings: [aFinding({ rule: 'newer-than-this' })] })).tool.driver.rules
    expect(rule).toMatchObject({
      name: 'NewerThanThis',
      shortDescription: { text: 'newer-than-this' },
      helpUri: expect.stringMatching(/docs\/rules\.md#newer-than-this$/),
    })
  })
})
