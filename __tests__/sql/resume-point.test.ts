import { beforeAll, describe, expect, it } from '@jest/globals'
import type { AppliedRecord } from '../../src/model/history.js'
import type { Journal } from '../../src/model/journal.js'
import type { RunnableMigration } from '../../src/model/plan.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { digestStatement, journalAt, parseJournal, renderJournal } from '../../src/sql/journal-text.js'
import { openParser, type Parser } from '../../src/sql/open-parser.js'
import { resumePoint } from '../../src/sql/resume-point.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

let parser: Parser
beforeAll(async () => {
  parser = await openParser()
})

const declared = { directives: { noTransaction: true, timeouts: {} } }
const read = (text: string, overrides = declared): RunnableMigration =>
  prepareMigration(parser, aMigration({ text, ...overrides })).runnable
const text = 'create table a ();\ninsert into a default values;\nvacuum a;\ncall p();\nselect 1;'

/** Where the same file, or another text of it, goes on from a journal of the first. */
function point(
  { done, state }: { done: number; state?: string },
  as: Partial<AppliedRecord> = {},
  now = read(text),
  then = read(text),
) {
  const statement = then.statements?.[done]
  const started =
    statement && state ? { digest: digestStatement(then, statement), state, before: [] } : undefined
  const journal = { ...journalAt(then, done), ...(started ? { started } : {}) } as Journal
  const record = anAppliedRecord({ status: 'running', journal: renderJournal(journal), ...as })
  const found = resumePoint(now, record)
  return found.kind === 'from'
    ? `${found.journal.done} ${found.journal.started?.state ?? '-'}`
    : found.message
}

describe('a migration', () => {
  it('begins where nothing is recorded of it, or nothing was done', () => {
    for (const record of [
      undefined,
      anAppliedRecord({ status: 'pending' }),
      anAppliedRecord({ status: 'rolled_back', journal: 'x' }),
      anAppliedRecord({ status: 'failed' }),
    ])
      expect(resumePoint(read(text), record)).toEqual({ kind: 'from', journal: { done: 0, digest: '' } })
    expect(point({ done: 0 })).toBe('0 -')
  })

  it('goes on behind what is done, whatever the state of its row', () => {
    for (const status of ['running', 'failed', 'partial', 'unknown'] as const)
      expect(point({ done: 2 }, { status })).toBe('2 -')
    expect(point({ done: 5 })).toBe('5 -')
  })

  it('is refused where the done part was edited, and not where what follows was', () => {
    expect(point({ done: 2 }, {}, read(text.replace('default values', 'select')))).toMatch(
      /edited in its first 2 /,
    )
    expect(point({ done: 1 }, {}, read(text.replace('table a', 'table b')))).toMatch(
      /edited in its first statement/,
    )
    expect(point({ done: 2 }, {}, read('create table a ()'))).toMatch(/edited in its first 2 /)
    expect(point({ done: 2 }, {}, read(text.replace('call p()', 'select 7')))).toBe('2 -')
    expect(point({ done: 2 }, {}, read(text.replaceAll('\n', '\r\n-- more\r\n')))).toBe('2 -')
  })

  it('leaves a statement that was cut off to the catalog, or to a person where that shows nothing', () => {
    expect(point({ done: 2, state: 'running' })).toBe('2 running')
    expect(point({ done: 2, state: 'failed' })).toBe('2 failed')
    expect(point({ done: 3, state: 'running' })).toMatch(/^Statement 4 of 5 \(CALL, line 4\) was cut off/)
    expect(point({ done: 2, state: 'running' }, {}, read(text.replace('vacuum a', 'vacuum')))).toMatch(
      /edited in statement 3/,
    )
    expect(point({ done: 2, state: 'failed' }, {}, read(text.replace('vacuum a', 'vacuum')))).toBe('2 failed')
  })

  it('takes a person’s word', () => {
    expect(point({ done: 3, state: 'done' })).toBe('4 -')
    expect(point({ done: 3, state: 'again' })).toBe('3 -')
    expect(point({ done: 3, state: 'again' }, {}, read(text.replace('call p()', 'call q()')))).toBe('3 -')
    expect(point({ done: 3, state: 'done' }, {}, read(text.replace('call p()', 'call q()')))).toMatch(
      /edited in statement 4/,
    )
  })

  it('is refused where its row holds no journal, or none that can be read', () => {
    expect(point({ done: 0 }, { journal: null, statementsDone: 3 })).toMatch(
      /running, without a journal.*3 of its/,
    )
    for (const journal of [
      '',
      '{}',
      '[]',
      'null',
      '{"done":-1,"digest":""}',
      '{"done":1}',
      '{"done":0,"digest":"","started":{}}',
    ])
      expect(point({ done: 0 }, { journal })).toMatch(/can not be read/)
  })

  it('is refused where it would now run from its beginning in one transaction', () => {
    const whole = read(text.replace('vacuum a;\n', ''), {
      directives: { noTransaction: false, timeouts: {} },
    })
    expect(whole.mode).toBe('transaction')
    expect(point({ done: 2 }, {}, whole)).toMatch(/^2 of its statements are done, and as the file is now/)
    const journal = renderJournal(journalAt(read(text), 2))
    expect(resumePoint(whole, anAppliedRecord({ status: 'partial', journal }))).toMatchObject({
      help: expect.stringMatching(/-- devflow:no-transaction in it, or run with transaction: none/),
    })
    expect(point({ done: 0, state: 'running' }, {}, whole)).toMatch(/^0 of its statements are done/)
    expect(point({ done: 0, state: 'done' }, {}, whole)).toMatch(/^0 of its statements are done/)
    expect(point({ done: 0, state: 'failed' }, { status: 'failed' }, whole)).toBe('0 -')
  })

  it('begins anew in one transaction, with what a statement left that failed to be settled before', () => {
    const whole = read('select 1;', { directives: { noTransaction: false, timeouts: {} } })
    const trace = { kind: 'builds-index', table: '"a"', index: 'i' } as const
    const started = { digest: 'cd', state: 'failed', before: [], trace } as const
    const at = (journal: Journal) =>
      resumePoint(whole, anAppliedRecord({ status: 'failed', journal: renderJournal(journal) }))
    expect(at({ done: 0, digest: '', started })).toEqual({
      kind: 'from',
      journal: { done: 0, digest: '', started },
    })
    const { trace: _, ...older } = started
    expect(at({ done: 0, digest: '', started: older })).toEqual({
      kind: 'from',
      journal: { done: 0, digest: '' },
    })
  })

  it('is refused where what is done made something that went with its session', () => {
    const temporary = read('create temp table a ();\nvacuum;\nselect 1;')
    expect(point({ done: 2 }, {}, temporary, temporary)).toMatch(
      /^Statement 1 \(a temporary table.*went with the session/,
    )
    expect(point({ done: 0 }, {}, temporary, temporary)).toBe('0 -')
  })

  it('goes on with what its session was set to', () => {
    const session = { search_path: 'app', role: 'none' }
    const at = (more: object, done = 2) => {
      const journal = { ...journalAt(read(text), done), session, ...more } as Journal
      const found = resumePoint(
        read(text),
        anAppliedRecord({ status: 'partial', journal: renderJournal(journal) }),
      )
      return found.kind === 'from' ? found.journal : found.message
    }
    const started = (state: string, done: number) => {
      const statement = read(text).statements?.[done]
      return { started: { digest: statement && digestStatement(read(text), statement), state, before: [] } }
    }
    expect(at({})).toMatchObject({ done: 2, session })
    expect(at({ unsettled: true })).toMatchObject({ done: 2, session, unsettled: true })
    expect(at(started('failed', 2))).toMatchObject({ done: 2, session, started: { state: 'failed' } })
    expect(at(started('again', 3), 3)).toMatchObject({ done: 3, session })
    expect(at(started('done', 3), 3)).toMatchObject({ done: 4, session })
    expect(at({}, 0)).toEqual({ done: 0, digest: '' })
  })

  it('is refused under another spelling of its version, which has a row of its own', () => {
    expect(point({ done: 2 }, { version: '1' })).toMatch(/recorded as version 1/)
  })
})

describe('a journal', () => {
  it('is read as it was written', () => {
    const journal: Journal = {
      done: 2,
      digest: 'ab',
      started: { digest: 'cd', state: 'running', before: ['7 valid i'] },
    }
    expect(parseJournal(renderJournal(journal))).toEqual(journal)
    const traced = { trace: { kind: 'drops-index', index: '"i"' }, left: ['7 INVALID i'] } as const
    const more = { ...journal, started: { digest: 'cd', state: 'failed', before: [], ...traced } } as const
    expect(parseJournal(renderJournal(more))).toEqual(more)
  })

  it.each([{ session: [7] }, { session: 'app' }, { session: { role: 7 } }, { unsettled: 'yes' }])(
    'is none where it tells of no session: %j',
    (more) => {
      expect(parseJournal(JSON.stringify({ done: 1, digest: 'ab', ...more }))).toBeUndefined()
    },
  )

  it.each([
    { kind: 'builds-index', index: 'i' },
    { kind: 'builds-index', table: 7 },
    { kind: 'toString' },
    { kind: 'of a newer version' },
    { table: '"t"' },
    [],
  ])('is none where it tells of no trace that is known: %j', (trace) => {
    const started = { digest: 'cd', state: 'failed', before: [], trace }
    expect(parseJournal(JSON.stringify({ done: 0, digest: '', started }))).toBeUndefined()
  })

  it('tells texts apart by where they are cut', () => {
    const digest = (sql: string) => journalAt(read(sql), 2).digest
    expect(digest('select 1; select 2;')).not.toBe(digest('select 2; select 1;'))
    expect(digest('select 1; select 2;')).toBe(digest('select 1;;; select 2'))
  })

  it('is the same made at once and statement by statement', () => {
    const migration = read(text)
    expect(journalAt(migration, 5, journalAt(migration, 3, journalAt(migration, 1)))).toEqual(
      journalAt(migration, 5),
    )
  })
})
