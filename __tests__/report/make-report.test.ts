import { expect, it } from '@jest/globals'
import { makeReport } from '../../src/report/make-report.js'
import {
  aDrift,
  aFinding,
  aMigration,
  anAppliedRecord,
  anOutcome,
  aPlan,
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
