import { describe, expect, it } from '@jest/globals'
import type { AppliedRecord } from '../../src/model/history.js'
import type { RunnableMigration } from '../../src/model/plan.js'
import { findUnfinished } from '../../src/plan/find-unfinished.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { digestStatement, journalAt, renderJournal } from '../../src/sql/journal-text.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

const parser = await openParser()
const read = (text: string, name = '02_b.sql'): RunnableMigration =>
  prepareMigration(parser, aMigration({ name, text })).runnable
const migration = read('create table a ();\nset role x;\nvacuum;\nselect 1;')
const left = (done: number, overrides: Partial<AppliedRecord> = {}): AppliedRecord =>
  anAppliedRecord({
    name: '02_b.sql',
    status: 'running',
    journal: renderJournal(journalAt(migration, done)),
    ...overrides,
  })

describe('what an earlier run left unfinished', () => {
  it('is nothing where a migration has no row, or is to begin again', () => {
    const failed = anAppliedRecord({ name: '02_b.sql', status: 'failed' })
    for (const records of [[], [failed], [left(0)]])
      expect(findUnfinished([migration], records)).toEqual({ migrations: [migration], findings: [] })
  })

  it('goes on with a notice, with what is done marked and how far it came', () => {
    const { migrations, findings } = findUnfinished([read('select 1;', '01_a.sql'), migration], [left(3)])
    expect(migrations[1]?.statements?.map(({ done }) => done)).toEqual([true, true, true, undefined])
    expect(migrations.map(({ reached }) => reached)).toEqual([undefined, journalAt(migration, 3)])
    expect(findings).toMatchObject([
      {
        rule: 'unfinished-migration',
        severity: 'notice',
        file: 'migrations/02_b.sql',
        position: { line: 4 },
        message: 'An earlier run ended in 02_b.sql: it goes on at statement 4 of 4.',
      },
    ])
    expect(findUnfinished([migration], [left(4)]).findings[0]).toMatchObject({
      severity: 'notice',
      message: expect.stringContaining('only its record is missing'),
    })
  })

  it('is an error where only a person can tell, at the statement it is about', () => {
    const call = read('-- devflow:no-transaction\nselect 1;\ncall p();', '03_c.sql')
    const declared = prepareMigration(
      parser,
      aMigration({ name: '03_c.sql', text: call.text, directives: { noTransaction: true, timeouts: {} } }),
    ).runnable
    const [, statement] = declared.statements ?? []
    if (!statement) throw new Error('no statement')
    const journal = {
      ...journalAt(declared, 1),
      started: { digest: digestStatement(declared, statement), state: 'running', before: [] },
    } as const
    const record = anAppliedRecord({ name: '03_c.sql', status: 'partial', journal: renderJournal(journal) })
    expect(findUnfinished([declared], [record]).findings).toMatchObject([
      {
        severity: 'error',
        file: 'migrations/03_c.sql',
        position: { line: 3 },
        message: expect.stringMatching(/^Migration 03 is not finished\. Statement 2 of 2 \(CALL, line 3\)/),
      },
    ])
  })

  it('is a notice where it begins anew, and is not rehearsed beside what a failed statement left', () => {
    const whole = read('select 1;')
    const trace = { kind: 'builds-index', table: '"a"', index: 'i' } as const
    const started = { digest: 'cd', state: 'failed', before: [], trace } as const
    const journal = renderJournal({ done: 0, digest: '', started })
    const { migrations, findings } = findUnfinished([whole], [left(0, { status: 'failed', journal })])
    expect(migrations).toEqual([{ ...whole, leftover: true }])
    expect(findings).toMatchObject([
      { severity: 'notice', message: expect.stringContaining('from its beginning, in one transaction') },
    ])
    const other = { ...started, trace: { kind: 'reindexes' } } as const
    const told = left(0, {
      status: 'failed',
      journal: renderJournal({ done: 0, digest: '', started: other }),
    })
    expect(findUnfinished([whole], [told]).migrations).toEqual([whole])
    // Outside a transaction too, but not where the statement is as it was.
    const record = (digest: string) =>
      left(0, {
        status: 'failed',
        journal: renderJournal({ done: 0, digest: '', started: { ...started, digest } }),
      })
    const [first] = migration.statements ?? []
    if (!first) throw new Error('no statement')
    expect(findUnfinished([migration], [record('cd')]).migrations[0]).toHaveProperty('leftover', true)
    const same = record(digestStatement(migration, first))
    expect(findUnfinished([migration], [same]).migrations[0]).not.toHaveProperty('leftover')
  })

  it('is an error where a row holds no journal: a transaction was ended by its own file', () => {
    const whole = read('select 1;')
    const { findings } = findUnfinished([whole], [left(0, { journal: null })])
    expect(findings).toMatchObject([
      { severity: 'error', message: expect.stringContaining('without a journal') },
    ])
    expect(findings[0]).not.toHaveProperty('position')
  })
})
