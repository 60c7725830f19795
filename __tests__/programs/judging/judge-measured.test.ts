import { describe, expect, it } from '@jest/globals'
import type { Judging } from '../../../src/model/judging.js'
import type { Measured } from '../../../src/model/measured.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { judgeMeasured } from '../../../src/programs/judging/judge-measured.js'
import { positionOf } from '../../../src/sql/position.js'
import { aJudging } from '../../rules/lint.js'
import { aMeasured, aMigration, aPlace, aRehearsed } from '../../support/builders.js'

const MB = 1024 * 1024
const SQL = "do $$ begin\n  execute 'alter table books …';\nend $$"

/** A file of one statement, which did so. */
function judge(did: Partial<Measured>, judging: Partial<Judging> = {}, head = '') {
  const text = `-- é😀\r\n${head}${SQL};\n`
  const span = { start: text.indexOf(SQL), end: text.indexOf(SQL) + SQL.length }
  const migration: RunnableMigration = {
    file: aMigration({ text }),
    text,
    statements: [{ span }],
    mode: 'transaction',
  }
  const measured = [aMeasured({ position: positionOf(text, span), text: SQL, ...did })]
  return judgeMeasured({
    findings: [],
    suppressed: [],
    unsaid: [],
    migrations: [migration],
    rehearsal: [aRehearsed({ measured })],
    sizes: [{ relation: 'public.books', bytes: 20 * MB, rows: 1_000 }],
    place: aPlace({ kind: 'shadow' }),
    wholeSchema: true,
    config: {
      judging: aJudging(judging),
      rehearsal: { lockMs: 0, statementMs: 0, largeBytes: 10 * MB },
      transaction: 'file',
    },
  })
}

const rewrite: Partial<Measured> = {
  locks: [{ relation: 'public.books', modes: ['AccessExclusive'] }],
  rewritten: ['public.books'],
  scanned: ['public.books'],
}

describe('what only running a file shows', () => {
  it('is a finding at the statement, as bad as the table is large', () => {
    expect(judge(rewrite).findings).toEqual([
      {
        rule: 'measured-rewrite',
        severity: 'error',
        measured: 'found',
        file: 'migrations/01_users.sql',
        position: { line: 2, column: 1, endLine: 4, endColumn: 6 },
        excerpt: expect.stringContaining('do $$ begin'),
        message:
          'Running it shows what the text does not tell. Measured on a shadow: rewrites public.books (20 MB) under ACCESS EXCLUSIVE.',
        help: expect.stringContaining('Find the command'),
        why: expect.any(String),
      },
    ])
  })

  it.each<[string, Partial<Judging>, string]>([
    ['is a notice in development', { class: 'development' }, 'notice'],
    ['is a warning in staging', { class: 'staging' }, 'warning'],
    ['is what the configuration says', { levels: new Map([['measured-rewrite', 'warn']]) }, 'warning'],
  ])('%s', (_, judging, severity) => {
    expect(judge(rewrite, judging).findings).toMatchObject([{ severity }])
  })

  it.each<[string, Partial<Judging>]>([
    ['the rule is off', { levels: new Map([['measured-rewrite', 'off']]) }],
    ['the rule is not asked about the file', { excludes: new Map([['measured-rewrite', ['01_*.sql']]]) }],
  ])('is nothing where %s', (_, judging) => {
    expect(judge(rewrite, judging)).toEqual({ findings: [], suppressed: [] })
  })

  it('is silenced by a comment with a reason', () => {
    const head = '-- devflow-ignore measured-rewrite: nobody works on Sundays\n'
    expect(judge(rewrite, {}, head)).toMatchObject({
      findings: [],
      suppressed: [{ rule: 'measured-rewrite', reason: 'nobody works on Sundays' }],
    })
  })

  it('needs to be forced where it drops what nobody named', () => {
    const dropped = [
      { type: 'table', name: 'public.books', cascaded: false },
      { type: 'view', name: 'public.bv', cascaded: true },
    ]
    expect(judge({ dropped }).findings).toMatchObject([
      { rule: 'measured-drop', severity: 'error', force: 'needed', measured: 'found' },
    ])
    expect(judge({ dropped }, { force: true }).findings).toMatchObject([
      { severity: 'warning', force: 'used' },
    ])
  })
})
