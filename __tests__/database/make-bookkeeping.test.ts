import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { doBlock } from '../../src/database/do-block.js'
import { makeBookkeeping } from '../../src/database/make-bookkeeping.js'
import { eventsQuery, parseEvents, parseRecords, recordsQuery } from '../../src/database/read-history.js'
import { takeLock } from '../../src/database/take-lock.js'
import type { Bookkeeping, RecordedFailure } from '../../src/model/bookkeeping.js'
import type { Session } from '../../src/model/session.js'
import type { Writer } from '../../src/model/writer.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSession, ensureTables, nowhere, onlyLock, ours, sent, targetOf } from './a-session.js'

const writer: Writer = {
  actor: 'octocat',
  environment: 'staging',
  runUrl: 'https://github.com/acme/shop/actions/runs/42',
  runAttempt: 2,
  commitSha: '0123456789abcdef0123456789abcdef01234567',
  toolVersion: '0.1.0',
}
const migration = { version: '01', name: '01_users.sql', checksum: 'sha256:ab', planHash: 'v0:sha256:cd' }
const failure: RecordedFailure = {
  status: 'failed',
  event: 'apply',
  message: 'division by zero',
  executionTimeMs: 12,
  statementsDone: null,
}
const present = { ...nowhere, version: 4 }

interface Desk extends AsyncDisposable {
  readonly session: Session
  readonly books: Bookkeeping
  /** The SQLSTATE of a refusal, or `ok`; whatever is open is rolled back. */
  code(sql: string): Promise<string>
  records(): Promise<ReturnType<typeof parseRecords>>
  events(): Promise<ReturnType<typeof parseEvents>>
}

/** Tables, a session that holds the lock, and the books. */
async function aDesk(database: TestDatabase, who: Writer = writer): Promise<Desk> {
  const session = await aSession(database.url)
  const target = targetOf(database, present)
  await ensureTables(session)
  await takeLock(session, target, onlyLock)
  return {
    session,
    books: makeBookkeeping(target, who, true),
    async code(sql) {
      const reply = await session.send(sql)
      if (reply.error) await session.send('ROLLBACK')
      return reply.error?.code ?? 'ok'
    },
    records: async () => parseRecords(await sent(session, recordsQuery(present))),
    events: async () => parseEvents(await sent(session, eventsQuery(present, 100))),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

eachMajor('the books', (major) => {
  it('record a migration in its own transaction, with who and from where', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    expect(
      await desk.code(
        ours(`${books.start(migration)}\nSELECT pg_sleep(0.02);\n${books.complete(migration)}`),
      ),
    ).toBe('ok')

    const [record] = await desk.records()
    const { appliedAt, executionTimeMs } = record ?? {}
    expect(record).toEqual({
      version: '01',
      name: '01_users.sql',
      checksum: 'sha256:ab',
      status: 'completed',
      appliedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      executionTimeMs: expect.any(Number),
      appliedBy: 'octocat',
      errorMessage: null,
      ours: true,
      statementsDone: null,
      journal: null,
      planHash: 'v0:sha256:cd',
      runUrl: 'https://github.com/acme/shop/actions/runs/42',
    })
    expect(executionTimeMs).toBeGreaterThanOrEqual(20)
    expect(Math.abs(Date.parse(appliedAt ?? '') - Date.now())).toBeLessThan(60_000)
    expect(await desk.events()).toMatchObject([
      {
        version: '01',
        action: 'apply',
        event: 'applied',
        status: 'success',
        executionTimeMs,
        errorMessage: null,
        executedBy: 'octocat',
        environment: 'staging',
        runUrl: 'https://github.com/acme/shop/actions/runs/42',
        runAttempt: 2,
        commitSha: '0123456789abcdef0123456789abcdef01234567',
        planHash: 'v0:sha256:cd',
        toolVersion: '0.1.0',
      },
    ])
  })

  it('leave out what a run does not know', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database, { actor: 'ada', environment: 'local', toolVersion: '0.1.0' })
    await sent(desk.session, ours(desk.books.fail(migration, failure)))
    expect(await desk.events()).toMatchObject([
      { runUrl: null, runAttempt: null, commitSha: null, executedBy: 'ada' },
    ])
  })

  it('record what was forced, whatever became of it', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    const forced = { ...migration, forced: ['drop-column', "it's"] }
    await sent(desk.session, ours(books.fail(forced, failure)))
    await sent(desk.session, ours(books.start(forced) + books.complete(forced)))
    await sent(
      desk.session,
      ours(books.start({ ...migration, version: '02' }) + books.complete({ ...migration, version: '02' })),
    )
    expect((await desk.events()).map(({ version, event, forced }) => [version, event, forced])).toEqual([
      ['02', 'applied', null],
      ['01', 'applied', "drop-column, it's"],
      ['01', 'failed', "drop-column, it's"],
    ])
  })

  it('do not start what is completed, and leave its row alone', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    await sent(desk.session, ours(books.start(migration) + books.complete(migration)))
    const before = await desk.records()

    expect(await desk.code(ours(books.start({ ...migration, checksum: 'sha256:other' })))).toBe('DF001')
    expect(await desk.code(ours(books.fail(migration, failure)))).toBe('DF001')
    expect(await desk.code(ours(books.finish(migration)))).toBe('DF001')
    expect(await desk.code(ours(books.progress(migration, { statementsDone: 1, journal: '{}' })))).toBe(
      'DF001',
    )
    expect(await desk.records()).toEqual(before)
    expect(await desk.events()).toHaveLength(1)
  })

  it('do not complete a row of another transaction, nor one that is gone', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    expect(await desk.code(ours(books.complete(migration)))).toBe('DF001')
    expect(await desk.code(`${ours(books.start(migration))}\n${ours(books.complete(migration))}`)).toBe(
      'DF001',
    )
    expect(await desk.records()).toMatchObject([{ status: 'running' }])
    expect(
      await desk.code(
        ours(`${books.start(migration)}DELETE FROM devflow.schema_migrations;${books.complete(migration)}`),
      ),
    ).toBe('DF001')
    expect(
      await desk.code(
        ours(
          `${books.start(migration)}UPDATE devflow.schema_migrations SET status = 'failed';${books.complete(migration)}`,
        ),
      ),
    ).toBe('DF001')
    expect(await desk.events()).toEqual([])
  })

  it('do not complete, finish or go on once the lock is gone', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    const unlock = 'SELECT pg_advisory_unlock_all();'
    const lock = () => takeLock(desk.session, targetOf(database, present), onlyLock)

    expect(await desk.code(ours(books.start(migration) + unlock + books.complete(migration)))).toBe('DF002')
    expect(await desk.records()).toEqual([])
    await lock()
    await sent(desk.session, ours(books.start(migration)))
    for (const step of [
      books.progress(migration, { statementsDone: 1, journal: '{}' }),
      books.finish(migration),
    ]) {
      expect(await desk.code(unlock + ours(step))).toBe('DF002')
      await lock()
    }
    expect(await desk.records()).toMatchObject([{ status: 'running', statementsDone: null }])
  })

  it('follow a migration outside a transaction', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    expect(await desk.code(ours(books.progress(migration, { statementsDone: 1, journal: '{}' })))).toBe(
      'DF001',
    )
    await sent(desk.session, ours(books.start(migration)))
    await sent(desk.session, ours(books.progress(migration, { statementsDone: 3, journal: `{"it's":1}` })))
    expect(await desk.records()).toMatchObject([
      { status: 'running', statementsDone: 3, journal: `{"it's":1}` },
    ])
    await sent(desk.session, ours(books.finish(migration)))
    expect(await desk.records()).toMatchObject([{ status: 'completed', statementsDone: 3, journal: null }])
    expect(await desk.events()).toMatchObject([{ event: 'applied', status: 'success' }])
  })

  it('keep how far a migration came, whatever fails later, unless that says it anew', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    await sent(desk.session, ours(books.start(migration, { statementsDone: 2, journal: 'two' })))
    expect(await desk.records()).toMatchObject([{ status: 'running', statementsDone: 2, journal: 'two' }])
    await sent(desk.session, ours(books.fail(migration, { ...failure, event: 'rehearsal' })))
    expect(await desk.records()).toMatchObject([
      { status: 'running', statementsDone: 2, journal: 'two', errorMessage: 'division by zero' },
    ])
    await sent(desk.session, ours(books.fail(migration, { ...failure, status: 'unknown' })))
    expect(await desk.records()).toMatchObject([{ status: 'unknown', statementsDone: 2, journal: 'two' }])
    const further = { status: 'partial', statementsDone: 3, journal: 'three' } as const
    await sent(desk.session, ours(books.fail(migration, { ...failure, ...further })))
    expect(await desk.records()).toMatchObject([further])
    await sent(desk.session, ours(books.start(migration)))
    expect(await desk.records()).toMatchObject([{ status: 'running', statementsDone: null, journal: null }])
  })

  it('forget what a failure left only of the row that was read', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    const left = { ...failure, statementsDone: 0, journal: 'one' }
    const settle = async (journal: string) => {
      await sent(desk.session, ours(books.settled({ version: '01', journal })))
      return (await desk.records())[0]?.journal
    }
    await sent(desk.session, ours(books.fail(migration, { ...left, status: 'partial' })))
    expect(await settle('one')).toBe('one')
    await sent(desk.session, ours(books.fail(migration, left)))
    expect(await settle('two')).toBe('one')
    expect(await settle('one')).toBeNull()
  })

  it('keep one row for a failure, which the next try replaces, and every try in the history', async () => {
    await using database = await aDatabase({ major })
    await using desk = await aDesk(database)
    const { books } = desk
    await sent(desk.session, ours(books.fail(migration, { ...failure, event: 'rehearsal' })))
    await sent(desk.session, ours(books.fail(migration, failure)))
    await sent(
      desk.session,
      ours(books.fail(migration, { ...failure, status: 'partial', statementsDone: 2 })),
    )
    await sent(desk.session, ours(books.fail(migration, { ...failure, status: 'unknown' })))
    expect(await desk.records()).toMatchObject([
      { status: 'unknown', errorMessage: 'division by zero', executionTimeMs: 12, statementsDone: null },
    ])

    const renamed = { ...migration, version: '01', name: '01_people.sql', checksum: 'sha256:ef' }
    await sent(desk.session, ours(books.start(renamed) + books.complete(renamed)))
    expect(await desk.records()).toMatchObject([
      { name: '01_people.sql', checksum: 'sha256:ef', status: 'completed', errorMessage: null },
    ])
    expect((await desk.events()).map(({ event, status }) => `${event} ${status}`)).toEqual([
      'applied success',
      'unknown failed',
      'partial failed',
      'failed failed',
      'rehearsal-failed failed',
    ])
  })

  it('keep any text as it is', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await ensureTables(session)
    const target = targetOf(database, present)
    await takeLock(session, target, onlyLock)
    await fc.assert(
      fc.asyncProperty(anyText(), anyText(), anyText(), anyText(), async (version, name, actor, message) => {
        const books = makeBookkeeping(target, { ...writer, actor, environment: name }, true)
        const odd = { version, name, checksum: message, planHash: actor }
        const done = await session.send(
          `BEGIN; SET LOCAL search_path = pg_catalog; ${books.fail(odd, { ...failure, message })}\n${books.start(odd)}\n${books.complete(odd)}\n${recordsSelect}`,
        )
        // Before them stands what the check says of itself: nothing.
        const rows = done.results.slice(-2).map((result) => result.rows)
        await session.send('ROLLBACK')
        expect([done.error, rows]).toEqual([
          undefined,
          [
            [[version, name, actor, message]],
            [
              [message, actor, name],
              [null, actor, name],
            ],
          ],
        ])
      }),
      { numRuns: 150 },
    )
  })
})

const recordsSelect = `SELECT version, name, applied_by, checksum FROM devflow.schema_migrations;
SELECT error_message, plan_hash, environment FROM devflow.migration_history ORDER BY seq;`

/** Text full of what ends strings, comments and blocks; without NUL and halves of characters, which no text here holds. */
function anyText(): fc.Arbitrary<string> {
  const pieces = [
    "'",
    "''",
    '"',
    '$devflow$',
    '$devflow1$',
    '$$',
    '\\',
    "\\'",
    '\n',
    '\r\n',
    '%',
    ';',
    '--',
    '/*',
    '*/',
    'END',
    ':x',
    '😀',
    'ß',
  ]
  const character = fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\0'))
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), character), { maxLength: 8 })
    .map((parts) => parts.join(''))
}

describe('a block', () => {
  it('is quoted by a tag that its body does not hold', () => {
    expect(doBlock('BEGIN END')).toBe('DO $devflow$BEGIN END$devflow$;')
    expect(doBlock(`'$devflow$ $devflow1$'`)).toBe(`DO $devflow2$'$devflow$ $devflow1$'$devflow2$;`)
  })
})
