import { expect, it } from '@jest/globals'
import { makeReport } from '../../src/report/make-report.js'
import {
  aDrift,
  aFinding,
  aFix,
  aMigration,
  anAppliedRecord,
  anOutcome,
  aPlan,
  aRuleDoc,
  aRuleFinding,
  aSuppressedFinding,
  aTarget,
} from '../support/builders.js'

const config = {
  command: 'migrate',
  dryRun: false,
  notes: ['from the configuration'],
  environment: { name: 'staging' },
  redact: (text: string) => text.replaceAll('hunter2', '***'),
} as const
const base = { config, startedAt: new Date('2026-01-20T10:00:00.000Z'), directory: 'migrations' }
const now = new Date('2026-01-20T10:00:01.500Z')

it('tells everything that was gathered', () => {
  const files = ['01_a.sql', '02_b.sql', '03_c.sql'].map((name) => aMigration({ name }))
  const records = [
    anAppliedRecord({ name: '2_b.sql', version: '2' }),
    anAppliedRecord({ name: '03_c.sql', status: 'failed' }),
  ]
  const parts = {
    target: aTarget(),
    plan: aPlan(['03_c.sql']),
    records,
    drift: [aDrift()],
    findings: [aFinding()],
    outcomes: [anOutcome()],
  }
  expect(
    makeReport(
      { ...base, files, ...parts, notes: ['from the run'], refusals: [{ message: 'no', help: 'h' }] },
      now,
    ),
  ).toEqual({
    command: 'migrate',
    environment: 'staging',
    dryRun: false,
    status: 'refused',
    exitCode: 1,
    ready: false,
    startedAt: '2026-01-20T10:00:00.000Z',
    durationMs: 1500,
    directory: 'migrations',
    fileCount: 3,
    ...parts,
    events: [],
    rehearsal: [],
    sizes: [],
    suppressed: [],
    rules: [],
    currentVersion: '02',
    problems: [{ message: 'no', help: 'h' }],
    notes: ['from the configuration', 'from the run'],
  })
})

it('is complete where nothing was reached', () => {
  const report = makeReport({ ...base, problems: [{ message: 'm', help: 'h' }] }, now)
  expect(report).toMatchObject({
    status: 'failed',
    exitCode: 2,
    fileCount: 0,
    records: [],
    outcomes: [],
    notes: ['from the configuration'],
  })
  for (const absent of ['target', 'plan', 'currentVersion']) expect(report).not.toHaveProperty(absent)
})

it('calls an error of ours by its name, and a dry run a dry run', () => {
  expect(makeReport({ ...base, bug: 'TypeError: x' }, now).problems[0]?.message).toMatch(
    /^An error of devflow-migrate itself.*TypeError: x/,
  )
  expect(makeReport({ ...base, config: { ...config, command: 'dry-run' } }, now).dryRun).toBe(true)
  expect(makeReport({ ...base, config: { ...config, dryRun: true } }, now).dryRun).toBe(true)
})

it('shows no secret that a file was written with', () => {
  const failure = { code: '22012', message: 'division by zero', excerpt: "select 'hunter2'/0\n^" }
  const finding = aFinding({ message: 'near "hunter2"', excerpt: 'hunter2' })
  const gathered = { ...base, findings: [finding], outcomes: [anOutcome({ state: 'failed', failure })] }
  const report = makeReport(gathered, now)
  expect(JSON.stringify(report)).not.toContain('hunter2')
  expect(report.outcomes[0]?.failure?.excerpt).toBe("select '***'/0\n^")
})

it('shows no secret in what it proposes to write, nor in what somebody gave as a reason', () => {
  const edits = [{ span: { start: 0, end: 1 }, text: "password 'hunter2'" }]
  const fix = aFix({ title: 'Take hunter2 out', edits, next: '-- hunter2', preview: 'hunter2' })
  const findings = [aRuleFinding({ help: 'Write no hunter2.', fix })]
  const suppressed = [
    aSuppressedFinding({ message: 'hunter2', excerpt: 'hunter2', reason: 'hunter2 is old' }),
  ]
  const report = makeReport({ ...base, findings, suppressed }, now)
  expect(JSON.stringify(report)).not.toContain('hunter2')
  expect(report.suppressed[0]?.reason).toBe('*** is old')
  expect(report.findings[0]?.fix?.edits[0]?.text).toBe("password '***'")
})

it('says who ran it, and documents the rules that found something and no others', () => {
  const rules = ['create-index-not-concurrent', 'drop-table', 'truncate'].map((id) => ({
    ...aRuleDoc({ id }),
    check: () => [],
  }))
  const gathered = { findings: [aRuleFinding()], suppressed: [aSuppressedFinding()], rules }
  const report = makeReport({ ...base, ...gathered, config: { ...config, run: { actor: 'octocat' } } }, now)
  expect(report.actor).toBe('octocat')
  expect(report.rules).toEqual([aRuleDoc(), aRuleDoc({ id: 'drop-table' })])
})
