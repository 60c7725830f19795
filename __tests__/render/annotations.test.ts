import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../../src/model/finding.js'
import type { Failure } from '../../src/model/outcome.js'
import { renderAnnotation } from '../../src/render/annotation-command.js'
import { makeAnnotations } from '../../src/render/annotations.js'
import {
  aDrift,
  aFailure,
  aFinding,
  aFix,
  aMigration,
  anOtherSession,
  anOutcome,
  aRehearsed,
  aReport,
  aRuleFinding,
} from '../support/builders.js'
import { openStep } from '../support/runner/step.js'
import { exampleReports } from './example-reports.js'

/** What GitHub shows of the annotations of a report. */
function shown(report: ReturnType<typeof aReport>) {
  const step = openStep()
  for (const annotation of makeAnnotations(report)) step.takeLine(renderAnnotation(annotation))
  return step
}

describe('annotations', () => {
  it('stand on an edited file, with both checksums and the way out', () => {
    const drift = aDrift()
    const [annotation] = shown(aReport({ drift: [drift] })).annotations
    expect(annotation).toMatchObject({ level: 'error', file: 'migrations/01_users.sql', line: 1 })
    expect(annotation?.message).toContain(`Stored checksum: ${drift.storedChecksum}`)
    expect(annotation?.message).toContain(`Present checksum: ${drift.presentChecksum}`)
    expect(annotation?.message).toContain('Way out: Restore the file')
  })

  it('stand on the recorded path of a deleted file, unless that is none', () => {
    const gone = (recordedName: string, directory = 'migrations') => {
      const { path: _, name: __, ...drift } = aDrift({ kind: 'deleted', recordedName })
      return shown(aReport({ directory, drift: [drift] })).annotations[0]?.file
    }
    expect(gone('01_users.sql')).toBe('migrations/01_users.sql')
    expect(gone('create users')).toBeUndefined()
    expect(gone('01_users.sql', '/elsewhere')).toBeUndefined()
    expect(gone('01_users.sql', '../elsewhere')).toBeUndefined()
  })

  it('tell a drift once, though it is a finding as well', () => {
    const report = aReport({ drift: [aDrift()], findings: [aFinding({ rule: 'checksum-drift' })] })
    expect(makeAnnotations(report)).toHaveLength(1)
  })

  it('name who held the lock', () => {
    const failure = aFailure({ code: '55P03', blockers: [anOtherSession()] })
    const [annotation] = shown(aReport({ outcomes: [anOutcome({ state: 'failed', failure })] })).annotations
    expect(annotation?.message).toContain(
      'Blocked by process 4711 (user app, psql, 10.0.0.3, idle in transaction for 34.0 s): SELECT count(*) FROM orders',
    )
  })

  it('stand on the failing statement, with SQLSTATE and hint', () => {
    const outcomes = [anOutcome({ state: 'failed', failure: aFailure() })]
    const [annotation] = shown(aReport({ outcomes })).annotations
    expect(annotation).toMatchObject({
      file: 'migrations/01_users.sql',
      line: 3,
      endLine: 3,
      column: 13,
      endColumn: 18,
    })
    expect(annotation?.message).toContain('relation "orders" does not exist (SQLSTATE 42P01)')
    expect(annotation?.message).toContain('Hint: Perhaps you meant')
  })

  it('come from a failed rehearsal, not from one that says nothing about the file', () => {
    const failure = aFailure()
    const failed = aReport({ rehearsal: [aRehearsed({ state: 'failed', failure })] })
    const other = aReport({ rehearsal: [aRehearsed({ state: 'not-rehearsable', failure })] })
    expect(makeAnnotations(failed)).toHaveLength(1)
    expect(makeAnnotations(other)).toEqual([])
  })

  it.each([
    [
      { line: 2, column: 5, endLine: 4, endColumn: 1 },
      { line: 2, endLine: 4 },
    ],
    [
      { line: 2, column: 5, endLine: 2, endColumn: 5 },
      { line: 2, endLine: 2, column: 5, endColumn: 5 },
    ],
    [
      { line: 2, column: 5, endLine: 2, endColumn: 4 },
      { line: 2, endLine: 2, column: 5 },
    ],
    [{ line: 2, column: 5, endLine: 1, endColumn: 4 }, { line: 2 }],
  ])('give %j as GitHub takes it', (position, place) => {
    const [annotation] = shown(aReport({ findings: [aFinding({ position })] })).annotations
    expect(annotation).toMatchObject(place)
    expect(Object.keys(annotation ?? {})).toHaveLength(4 + Object.keys(place).length)
  })

  it('are worst first and at most ten of a level, the last pointing to the rest', () => {
    const findings = [
      ...Array.from({ length: 12 }, (_, index) => aFinding({ severity: 'warning', message: `w${index}` })),
      ...Array.from({ length: 10 }, (_, index) => aFinding({ severity: 'error', message: `e${index}` })),
    ]
    const step = shown(aReport({ findings }))
    expect(step.droppedAnnotations).toEqual([])
    expect(step.annotations.map(({ level }) => level)).toEqual([
      ...Array(10).fill('error'),
      ...Array(10).fill('warning'),
    ])
    expect(step.annotations[9]?.message).toMatch(/^e9/)
    expect(step.annotations[19]?.message).toMatch(/^And 3 more of level warning/)
  })

  it('say why a rule is there, the way out, the rewrite as code and where to read more', () => {
    const fix = aFix({ next: 'alter table a\n  validate constraint c;' })
    const [annotation] = shown(aReport({ findings: [aRuleFinding({ fix })] })).annotations
    expect(annotation?.message.split('\n')).toEqual([
      '`CREATE INDEX` on `orders` keeps writers out while it is built.',
      'Why: Nothing can write to the table until the index is built.',
      'Way out: Build it with `CREATE INDEX CONCURRENTLY`.',
      'Fix: Build the index concurrently',
      'Instead:',
      'create index concurrently i on orders (total);',
      'Then, in a migration of its own:',
      'alter table a',
      '  validate constraint c;',
      'Docs: https://github.com/org/devflow-migrate/blob/main/docs/rules.md#create-index-not-concurrent',
    ])
  })

  it('speak of forcing only where that helps, and say who did', () => {
    const messageOf = (overrides: Partial<Finding>) =>
      makeAnnotations(aReport({ actor: 'octocat', findings: [aFinding(overrides)] }))[0]?.message
    expect(messageOf({})).not.toMatch(/force/i)
    expect(messageOf({ force: 'needed' })).toContain('Force: If it is meant, set `FORCE_RUN=true`')
    expect(messageOf({ force: 'needed', help: 'Run with FORCE_RUN=true.' })).not.toContain('Force:')
    expect(messageOf({ force: 'used' })).toContain('This one was forced by octocat.')
  })

  it('are as many as the findings of one line', () => {
    const findings = [aFinding(), aRuleFinding({ ...aFinding(), rule: 'other' }), aFinding()]
    expect(shown(aReport({ findings })).annotations.map(({ line }) => line)).toEqual([4, 4, 4])
  })

  it('stay within what GitHub shows of a message', () => {
    const told = (long: Partial<Failure>) => {
      const failure = aFailure({ message: 'é'.repeat(10_000), ...long })
      return makeAnnotations(aReport({ outcomes: [anOutcome({ state: 'failed', failure })] }))[0]?.message
    }
    expect(told({ hint: 'é'.repeat(10_000) })).toHaveLength(4096)
    expect(told({})).toMatch(/é{2000}… \(8000 more characters\) \(SQLSTATE 42P01\)\nHint: Perhaps/)
  })

  it('keep names with colons, commas, percents and line ends whole', () => {
    const file = 'a:b,c%d\ne.sql'
    const [annotation] = shown(aReport({ findings: [aFinding({ file, rule: '100%: x' })] })).annotations
    expect(annotation).toMatchObject({ file: 'a:b,c%d e.sql', title: '100%: x' })
  })

  it('tell what is wrong with the set-up, without a file', () => {
    const report = exampleReports['wrong-set-up'] ?? aReport()
    expect(makeAnnotations(report).map(({ file, title }) => [file, title])).toEqual([
      [undefined, 'Set-up'],
      [undefined, 'Set-up'],
    ])
  })

  it('tell what a gate refused, with the lines to add to the workflow', () => {
    const lines = 'permissions:\n  actions: read'
    const problems = [{ message: 'No.', help: 'Add to the job:', lines }]
    expect(makeAnnotations(aReport({ status: 'refused', exitCode: 1, problems }))).toEqual([
      { level: 'error', title: 'Refused', message: `No.\nWay out: Add to the job:\n${lines}` },
    ])
  })

  it('tell which step of an operation failed, and why', () => {
    const annotations = makeAnnotations(exampleReports['rollback-failed'] ?? aReport())
    expect(annotations).toHaveLength(1)
    expect(annotations[0]?.message).toContain('undo 04_index.sql: relation "orders" does not exist (42P01)')
  })

  it('are none for a run that went well', () => {
    const plan = { migrations: [{ file: aMigration(), outOfOrder: false }], deferred: [], hash: 'v0:x' }
    expect(makeAnnotations(aReport({ plan, outcomes: [anOutcome()] }))).toEqual([])
  })
})
