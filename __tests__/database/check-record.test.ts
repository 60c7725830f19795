import { expect, it } from '@jest/globals'
import { changeRecords } from '../../src/database/history/change-records.js'
import { makeDownBooks } from '../../src/database/make-down-books.js'
import { parseRecords, recordsQuery } from '../../src/database/read-history.js'
import { readTarget } from '../../src/database/read-target.js'
import { takeLock } from '../../src/database/take-lock.js'
import type { RecordChange } from '../../src/model/record-change.js'
import { aTarget } from '../support/builders.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSession, onlyLock, ours, sent } from './a-session.js'
import { aRecorder, migration, type Recorder, writer } from './history/a-recorder.js'

const ROWS = 'devflow.schema_migrations'
const EVENTS = 'devflow.migration_history'
const UNLOCK = 'PERFORM pg_advisory_unlock_all(); RETURN NULL;'

function aTrigger(when: string, table: string, body: string, kind = 'TRIGGER', wait = ''): string {
  return `CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN ${body} END$$;
CREATE ${kind} z ${when} ON ${table} ${wait} FOR EACH ROW EXECUTE FUNCTION public.f();`
}

const deletes = (status: string) =>
  `IF NEW.status = '${status}' THEN DELETE FROM ${ROWS} WHERE version = NEW.version; END IF; RETURN NULL;`

/** What a file may leave on the tracking tables, and the check that tells it from a record. */
const OBSTACLES = [
  ['a rule that drops events', `CREATE RULE r AS ON INSERT TO ${EVENTS} DO INSTEAD NOTHING;`, 'DF001'],
  ['a trigger that drops events', aTrigger('BEFORE INSERT', EVENTS, 'RETURN NULL;'), 'DF001'],
  [
    'a trigger that deletes events',
    aTrigger('AFTER INSERT', EVENTS, `DELETE FROM ${EVENTS} WHERE seq = NEW.seq; RETURN NULL;`),
    'DF001',
  ],
  [
    'a trigger that makes another state of it',
    aTrigger('BEFORE UPDATE', ROWS, `NEW.status := 'failed'; RETURN NEW;`),
    'DF001',
  ],
  [
    'a trigger that makes another text of it',
    aTrigger('BEFORE UPDATE', ROWS, `NEW.checksum := 'sha256:x'; RETURN NEW;`),
    'DF001',
  ],
  [
    'a trigger that makes another event of it',
    aTrigger('BEFORE INSERT', EVENTS, `NEW.event := 'refused'; RETURN NEW;`),
    'DF001',
  ],
  ['a trigger that drops changes', aTrigger('BEFORE UPDATE', ROWS, 'RETURN NULL;'), 'DF001'],
  ['a trigger that takes the lock away', aTrigger('AFTER INSERT', EVENTS, UNLOCK), 'DF002'],
] as const

const DELETED = [
  ['at once', 'TRIGGER', ''],
  ['at the end', 'CONSTRAINT TRIGGER', 'DEFERRABLE INITIALLY DEFERRED'],
] as const

/** The SQLSTATE of a refusal, or `ok`; whatever is open is rolled back, and the lock is had again. */
async function codeOf({ session, target }: Recorder, sql: string): Promise<string> {
  const { error } = await session.send(sql)
  if (!error) return 'ok'
  await session.send('ROLLBACK')
  await takeLock(session, target, onlyLock)
  return error.code
}

async function rowsOf({ session, target }: Recorder) {
  return parseRecords(await sent(session, recordsQuery(target.tracking)))
}

const change: RecordChange = {
  version: '01',
  expected: { status: 'completed', checksum: migration.checksum },
  becomes: { name: migration.name, checksum: migration.checksum, status: 'rolled_back', keepsRun: true },
  told: { event: 'repaired', action: 'repair', status: 'success' },
}

eachMajor('what was written is looked at', (major) => {
  it.each(OBSTACLES)('with %s', async (_, made, code) => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, target, session } = recorder
    const other = { ...migration, version: '02' }
    await recorder.record(`${books.start(other)}\n${books.complete(other)}`)
    const downs = makeDownBooks(books, target, writer, await rowsOf(recorder))

    const inside = (sql: string) =>
      codeOf(recorder, `BEGIN;\n${made}\nSET LOCAL search_path = pg_catalog;\n${sql}\nCOMMIT;`)
    expect(await inside(`${books.start(migration)}\n${books.complete(migration)}`)).toBe(code)
    expect(await inside(`SAVEPOINT a;\n${books.start(migration)}\n${books.complete(migration)}`)).toBe(code)
    expect(await inside(`${downs.start(other)}\n${downs.complete(other)}`)).toBe(code)
    expect(await rowsOf(recorder)).toMatchObject([{ version: '02', status: 'completed' }])

    await recorder.record(books.start(migration))
    await recorder.record(downs.start(other))
    await sent(session, made)
    expect(await codeOf(recorder, ours(books.finish(migration)))).toBe(code)
    expect(await codeOf(recorder, ours(downs.finish(other)))).toBe(code)
    expect(await rowsOf(recorder)).toMatchObject([{ status: 'running' }, { status: 'running' }])
  })

  it.each(DELETED)('with a trigger that deletes what is done %s', async (_, kind, wait) => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, target, session } = recorder
    const other = { ...migration, version: '02' }
    await recorder.record(`${books.start(other)}\n${books.complete(other)}`)
    const downs = makeDownBooks(books, target, writer, await rowsOf(recorder))
    await recorder.record(books.start(migration))
    await sent(session, aTrigger('AFTER UPDATE', ROWS, deletes('completed'), kind, wait))
    expect(await codeOf(recorder, ours(books.finish(migration)))).toBe('DF001')
    const states = (await rowsOf(recorder)).map(({ version, status }) => `${version} ${status}`)
    expect(states.sort()).toEqual(['01 running', '02 completed'])

    await recorder.record(downs.start(other))
    await sent(
      session,
      `DROP FUNCTION public.f CASCADE;${aTrigger('AFTER UPDATE', ROWS, deletes('rolled_back'), kind, wait)}`,
    )
    expect(await codeOf(recorder, ours(downs.finish(other)))).toBe('DF001')
  })

  it('also of how far a file came, and of the lock', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, session } = recorder
    const progress = ours(books.progress(migration, { statementsDone: 2, journal: 'two' }))
    await recorder.record(books.start(migration))
    for (const [body, code] of [
      ['NEW.journal := NULL; RETURN NEW;', 'DF001'],
      ['NEW.statements_done := 1; RETURN NEW;', 'DF001'],
      ['PERFORM pg_advisory_unlock_all(); RETURN NEW;', 'DF002'],
    ] as const) {
      await sent(session, aTrigger('BEFORE UPDATE', ROWS, body))
      expect(await codeOf(recorder, progress)).toBe(code)
      await sent(session, 'DROP FUNCTION public.f CASCADE')
    }
    expect(await codeOf(recorder, progress)).toBe('ok')
  })

  it.each(OBSTACLES)('where a row is changed outside of a migration, with %s', async (_, made, code) => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, target, session } = recorder
    await recorder.record(`${books.start(migration)}\n${books.complete(migration)}`)
    await sent(session, made)
    expect(await codeOf(recorder, changeRecords(target, writer, books, [change]))).toBe(code)
    expect(await rowsOf(recorder)).toMatchObject([{ status: 'completed' }])
  })

  it('and what an earlier run has finished is not taken for its own', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, target } = recorder
    await recorder.record(`${books.start(migration)}\n${books.complete(migration)}`)
    expect(await codeOf(recorder, ours(books.finish(migration)))).toBe('DF001')
    const downs = makeDownBooks(books, target, writer, await rowsOf(recorder))
    await recorder.record(`${downs.start(migration)}\n${downs.complete(migration)}`)
    expect(await codeOf(recorder, ours(downs.finish(migration)))).toBe('DF001')
  })

  it('and what is no longer as it was read is not begun to be undone', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, target, session } = recorder
    await recorder.record(`${books.start(migration)}\n${books.complete(migration)}`)
    const downs = makeDownBooks(books, target, writer, await rowsOf(recorder))
    for (const changed of [
      `UPDATE ${ROWS} SET checksum = 'sha256:x'`,
      `UPDATE ${ROWS} SET checksum = '${migration.checksum}', status = 'failed'`,
      `DELETE FROM ${ROWS}`,
    ]) {
      await sent(session, changed)
      expect(await codeOf(recorder, ours(downs.start(migration)))).toBe('DF001')
    }
  })

  it('and an event of an earlier run is not taken for its own', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { books, session } = recorder
    const again = { ...migration, version: 'R__views', name: 'R__views.sql' }
    await recorder.record(`${books.start(again)}\n${books.complete(again)}`)
    await sent(session, aTrigger('BEFORE INSERT', EVENTS, 'RETURN NULL;'))
    const next = { ...again, checksum: 'sha256:cd' }
    expect(await codeOf(recorder, ours(`${books.start(next)}\n${books.complete(next)}`))).toBe('DF001')
  })
})

/** From text to integer: what is no number is none; and as some had it in 2004. */
const CASTS = [
  `CASE WHEN $1 ~ '^[0-9]+$' THEN pg_catalog.int4in(pg_catalog.textout($1)) END`,
  'pg_catalog.length($1)',
]

eachMajor('a cast of a user', (major) => {
  it.each(CASTS)('from text to integer (%s) switches off no check of ours', async (body) => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await sent(
      session,
      `CREATE FUNCTION public.x(text) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT ${body}$$;
CREATE CAST (text AS int) WITH FUNCTION public.x(text);
CREATE FUNCTION public.y(int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'y'::text$$;
CREATE CAST (int AS text) WITH FUNCTION public.y(int);`,
    )
    const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }
    expect((await readTarget(session, aTarget(), wanted)).target.serverMajor).toBe(major)
    await using recorder = await aRecorder(database.url)
    const { books } = recorder
    expect(await codeOf(recorder, ours(books.finish(migration)))).toBe('DF001')
    const unlock = 'SELECT pg_advisory_unlock_all();'
    expect(await codeOf(recorder, `${unlock}\n${ours(books.lockHeld)}`)).toBe('DF002')
    expect(
      await codeOf(recorder, ours(`${books.start(migration)}\n${unlock}\n${books.complete(migration)}`)),
    ).toBe('DF002')
    await recorder.record(`${books.start(migration)}\n${books.complete(migration)}`)
    expect(await codeOf(recorder, ours(books.start(migration)))).toBe('DF001')
  })
})
