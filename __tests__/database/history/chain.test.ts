import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CHAINED_COLUMNS } from '../../../src/database/history/chained-content.js'
import { readChain } from '../../../src/database/history/read-chain.js'
import { recordEvent } from '../../../src/database/history/record-event.js'
import { makeBookkeeping } from '../../../src/database/make-bookkeeping.js'
import { eventsQuery, parseEvents } from '../../../src/database/read-history.js'
import { canonicalJson } from '../../../src/plan/canonical-json.js'
import { hostileText } from '../../support/hostile-text.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aSession, nowhere, ours, sent } from '../a-session.js'
import { aRecorder, migration, readAll, writer } from './a-recorder.js'

const failure = { status: 'failed', event: 'apply', message: 'no', executionTimeMs: 1 } as const
/** As a table can hold it. */
const storable = hostileText().map((text) => text.replaceAll(/\p{Surrogate}|\0/gu, ''))
const undone = { ...failure, statementsDone: null }

eachMajor('the chain of the history', (major) => {
  it('begins with an anchor, and goes through all that is recorded', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, record, session, target } = recorder
    await record(books.fail(migration, undone))
    await record(books.fail(migration, { ...undone, cancelled: true }))
    await record(books.start(migration) + books.complete(migration))
    const alone = { ...migration, version: '02' }
    await record(books.start(alone, { statementsDone: 2, journal: '{}' }))
    await record(books.finish(alone))

    const { rows, verdict } = await readAll(session, target)
    expect(rows.map(({ event, version }) => `${event} ${version}`)).toEqual([
      'anchor ',
      'failed 01',
      'cancelled 01',
      'applied 01',
      'started 02',
      'applied 02',
    ])
    expect(verdict).toMatchObject({ kind: 'sound', earlier: 0, chained: 6 })
    expect(parseEvents(await sent(session, eventsQuery(target.tracking, 2))).at(1)).toMatchObject({
      event: 'started',
      detail: 'goes on after statement 2',
      name: '01_users.sql',
      checksum: 'sha256:ab',
      systemIdentifier: target.systemIdentifier,
    })
  })

  it('holds who let something be applied, and any text as it is', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { record, session, target } = recorder
    await fc.assert(
      fc.asyncProperty(storable, storable, async (comment, detail) => {
        const approval = { kind: 'comment', by: 'alice', as: 'a reviewer', comment } as const
        const told = { event: 'refused', action: 'apply', status: 'failed', version: '', detail } as const
        await record(`${recordEvent(target, { ...writer, approval }, told)};`)
        const [event] = parseEvents(await sent(session, eventsQuery(target.tracking, 1)))
        expect(event).toMatchObject({
          approver: 'alice',
          approvalKind: 'comment',
          approvalComment: comment,
          detail,
        })
      }),
      { numRuns: 60 },
    )
    expect((await readAll(session, target)).verdict).toMatchObject({ kind: 'sound', chained: 61 })
  })

  it('takes a comment with a NUL, and one without end, as far as a table can', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const approval = { kind: 'comment', by: 'a', as: 'b', comment: `x\0${'y'.repeat(9_000)}` } as const
    const { books } = await recorder.again({ ...writer, approval })
    await recorder.record(books.fail(migration, undone))
    const [row] = await database.query<{ told: string }>(
      'SELECT approval_comment AS told FROM devflow.migration_history ORDER BY seq DESC LIMIT 1',
    )
    expect(row?.told).toMatch(/^xy{3999}… \(\d+ more characters\)$/)
  })

  it('goes on behind what is added by hand, and where triggers are off for replicas', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await database.query(`SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German';
      INSERT INTO devflow.migration_history (version, action, event, status) VALUES ('07', 'apply', 'applied', 'success');
      SET session_replication_role = replica;
      INSERT INTO devflow.migration_history (version, action, status, hash, prev_hash) VALUES ('08', 'apply', 'success', 'a', 'b')`)
    const { verdict } = await readAll(recorder.session, recorder.target)
    expect(verdict).toMatchObject({ kind: 'sound', chained: 3 })
  })

  it('is one chain, however many write at once and whatever is rolled back', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const add = `INSERT INTO devflow.migration_history (version, action, status) VALUES ('1', 'apply', 'success');`
    const writers = Array.from({ length: 4 }, async () => {
      await using session = await aSession(database.url)
      for (let n = 0; n < 10; n++)
        await sent(session, `BEGIN; ${add} SELECT pg_sleep(0.002); ${n % 3 === 0 ? 'ROLLBACK' : 'COMMIT'};`)
    })
    await Promise.all(writers)
    const { verdict } = await readAll(recorder.session, recorder.target)
    expect(verdict).toMatchObject({ kind: 'sound', chained: 1 + 4 * 6 })
  })

  it('is read in pages, and sees one moment', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await database.query(`INSERT INTO devflow.migration_history (version, action, status)
      SELECT n::text, 'apply', 'success' FROM generate_series(1, 1200) n`)
    const pages: number[] = []
    await readChain(recorder.session, recorder.target.tracking, (page) => pages.push(page.length))
    expect(pages).toEqual([500, 500, 201])
    expect((await readAll(recorder.session, recorder.target)).verdict).toMatchObject({ chained: 1201 })
    expect((await recorder.session.send('SELECT 1')).state).toBe('I')
  })

  it('tells why it can not be read, and leaves no transaction open', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await database.query('DROP TABLE devflow.schema_snapshots')
    const { session, target } = recorder
    expect(await readChain(session, target.tracking, () => {})).toEqual({
      why: 'relation "devflow.schema_snapshots" does not exist',
      code: '42P01',
    })
    expect((await session.send('SELECT 1')).state).toBe('I')
    expect(await readChain(session, { ...nowhere, version: 3 }, () => {})).toBeUndefined()
    expect(await readChain(session, nowhere, () => {})).toBeUndefined()
  })

  it('is computed again by the statements of the documentation', async () => {
    await using database = await aDatabase({ major })
    await database.query(OLDER)
    await using recorder = await aRecorder(database.url)
    const { books, record, session, target } = recorder
    await record(books.start(migration) + books.complete(migration))
    const [chain, digest] = documented()
    expect(await database.query(chain ?? '')).toEqual(
      (await readAll(session, target)).rows
        .slice(2)
        .map(({ seq }) => ({ seq, unchanged: true, follows: true })),
    )
    const [row] = await database.query<{ digest: string }>(digest ?? '')
    const { rows } = await readAll(session, target)
    expect(rows.find(({ event }) => event === 'anchor')?.prevHash).toBe(row?.digest)
    expect(canonicalJson(rows[0]?.content ?? [])).toContain('"17"')
  })
})

/** Two rows of a custom runner, in tables whose types are not ours. */
const OLDER = `CREATE SCHEMA devflow;
CREATE TABLE devflow.schema_migrations (version varchar(20) PRIMARY KEY, name varchar(80) NOT NULL, applied_at timestamp,
  checksum varchar(64) NOT NULL, execution_time_ms numeric(10, 2), status varchar(20) NOT NULL, error_message text, applied_by text);
CREATE TABLE devflow.migration_history (id bigserial PRIMARY KEY, version varchar(20) NOT NULL, action varchar(20) NOT NULL,
  executed_at timestamp, execution_time_ms numeric(10, 2), status varchar(20) NOT NULL, error_message text, executed_by text,
  environment varchar(20));
INSERT INTO devflow.migration_history (id, version, action, executed_at, execution_time_ms, status, environment)
  VALUES (17, '00', 'apply', '2026-01-20 10:30:00.25', 7.5, 'success', 'staging'), (18, '00', 'apply', NULL, NULL, 'failed', NULL);`

eachMajor('a chain over rows of older tables', (major) => {
  it('holds them by their digest, whatever their types and the time zone are', async () => {
    await using database = await aDatabase({ major })
    await database.query(OLDER)
    await using recorder = await aRecorder(database.url)
    const { books, record, session, target } = recorder
    await record(
      `SET LOCAL TimeZone = 'Asia/Kolkata';\n${books.start(migration)}\n${books.complete(migration)}`,
    )
    await sent(session, `SET TimeZone = 'America/New_York'`)
    expect((await readAll(session, target)).verdict).toMatchObject({ kind: 'sound', earlier: 2, chained: 2 })

    await database.query(
      `UPDATE devflow.migration_history SET executed_at = '2026-01-20 10:30:01' WHERE id = 17`,
    )
    expect((await readAll(session, target)).verdict).toMatchObject({
      kind: 'broken',
      fault: 'earlier',
      seq: '3',
    })
  })

  it('is begun once, however often the tables are made', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { session, target } = recorder
    const older = { ...target, tracking: { ...target.tracking, version: 3 } }
    await sent(session, ours(makeBookkeeping(older, writer, true).ensure))
    const other = { ...target, tracking: { ...target.tracking, table: 'other', version: 'absent' } } as const
    await sent(session, ours(makeBookkeeping(other, writer, true).ensure))
    expect((await readAll(session, target)).verdict).toMatchObject({ kind: 'sound', chained: 1 })
  })
})

describe('a change of any column of any row', () => {
  it('is found, and so is the loss of any row', async () => {
    await using database = await aDatabase()
    await database.query(OLDER)
    await using recorder = await aRecorder(database.url)
    const { books, record, session, target } = recorder
    await record(books.start(migration) + books.complete(migration))
    await record(books.fail({ ...migration, version: '02', forced: ['drop-table'] }, undone))
    const found = async () => (await readAll(session, target)).verdict.kind
    const history = 'devflow.migration_history'
    await database.query(`CREATE TABLE kept AS TABLE ${history}; ALTER TABLE ${history} DISABLE TRIGGER devflow_chain;
      ALTER TABLE ${history} ALTER COLUMN seq SET GENERATED BY DEFAULT`)
    const restore = `TRUNCATE ${history}; INSERT INTO ${history} SELECT * FROM kept`
    const unseen: string[] = []
    const seqs = (await database.query<{ seq: string }>('SELECT seq FROM kept ORDER BY seq')).map(
      ({ seq }) => seq,
    )
    for (const seq of seqs) {
      for (const column of [...CHAINED_COLUMNS, 'hash']) {
        await database.query(`UPDATE ${history} SET ${column} = ${otherThan(column)} WHERE seq = ${seq}`)
        if ((await found()) !== 'broken') unseen.push(`${column} of ${seq}`)
        await database.query(restore)
      }
      await database.query(`DELETE FROM ${history} WHERE seq = ${seq}`)
      if ((await found()) !== 'broken') unseen.push(`loss of ${seq}`)
      await database.query(restore)
    }
    expect(unseen).toEqual([])
    expect(seqs).toHaveLength(5)
    expect(await found()).toBe('sound')
  })
})

/** SQL of a value that the column does not have. */
function otherThan(column: string): string {
  if (column === 'executed_at') return `coalesce(executed_at, '2026-01-01') + interval '1 microsecond'`
  const numbers = ['seq', 'id', 'execution_time_ms', 'run_attempt']
  return numbers.includes(column) ? `coalesce(${column}, 0) + 1000` : `coalesce(${column}, '') || 'x'`
}

/** The SQL statements below the heading on how the chain is computed. */
function documented(): string[] {
  const page = readFileSync(new URL('../../../docs/database.md', import.meta.url), 'utf8')
  const section = page.split('### The chain')[1]?.split(/\n##+ /)[0] ?? ''
  return [...section.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) => sql ?? '')
}
