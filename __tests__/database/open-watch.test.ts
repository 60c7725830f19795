import { describe, expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import { openWatch } from '../../src/database/open-watch.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Reply, Session } from '../../src/model/session.js'
import { UserError } from '../../src/model/user-error.js'
import type { StepDone, Watch, Watched } from '../../src/model/watch.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { access, aGoneProcess, asUser, sent } from './a-session.js'

type Watching = Extract<ProgressEvent, { kind: 'watching' }>

/** A session of ours and a watch over it, on a database of their own. */
interface Watchtower extends AsyncDisposable {
  readonly session: Session
  readonly watch: Watch
  readonly events: ProgressEvent[]
  readonly watching: () => Watching[]
  /** How many connections the watch opened. */
  readonly opened: () => number
  run(sql: string, lockMs?: number): Promise<Watched>
  /** Looked at often, and without a lock_timeout: it ends when the test lets it. */
  waitFor(sql: string): Promise<Watched>
}

async function aWatchtower(url: string, redact = (text: string) => text): Promise<Watchtower> {
  const door = await makeDoor(url, { ...access, redact })
  const session = await door.open(() => {})
  const events: ProgressEvent[] = []
  let opened = 0
  const counted = {
    open: (onNotice: Parameters<typeof door.open>[0]) => {
      opened++
      return door.open(onNotice)
    },
  }
  const watch = openWatch(counted, (event) => events.push(event), redact)
  return {
    session,
    watch,
    events,
    watching: () => events.filter((event): event is Watching => event.kind === 'watching'),
    opened: () => opened,
    run: (sql, lockMs = 0) => {
      const message = lockMs > 0 ? `SET lock_timeout = ${lockMs};\n${sql}` : sql
      return watch.during(session.processId, lockMs, () => session.send(message))
    },
    waitFor: (sql) => watch.during(session.processId, OFTEN, () => session.send(sql)),
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await session[Symbol.asyncDispose]()
    },
  }
}

/** Somebody who read a table and went away without ending the transaction. */
async function aReader(
  { url }: TestDatabase,
  sql: string,
): Promise<AsyncDisposable & { pid: number; leave: () => Promise<unknown> }> {
  const named = new URL(url)
  named.searchParams.set('application_name', 'nightly report')
  const reader = await aClient(named.href)
  const [row] = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await reader.query('BEGIN')
  await reader.query(sql)
  return {
    pid: row?.pid ?? 0,
    leave: () => reader.query('ROLLBACK'),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  }
}

/** What is told but how long it takes, which is told after a second. */
function notes(events: readonly ProgressEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'watching' ? [] : [event.kind === 'note' ? event.message : event.kind],
  )
}

/** Looks every 50 ms. */
const OFTEN = 100

/** 80 pages, two rows on each, and a function that takes its time over a row until the test has seen enough. */
const PAGES = `CREATE TABLE pages (n integer, filler text);
ALTER TABLE pages ALTER filler SET STORAGE plain;
INSERT INTO pages SELECT n, repeat('x', 3900) FROM generate_series(1, 160) n;
CREATE SEQUENCE enough;
CREATE FUNCTION slow(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
  $$BEGIN PERFORM pg_sleep(0.15) WHERE NOT (SELECT is_called FROM public.enough); RETURN n; END$$;`
const ENOUGH = "SELECT nextval('enough')"
const SLOW_AGAIN = "SELECT setval('enough', 1, false)"

/** On a machine under load the first connection may take longer than the lock is waited for; a run tries again too. */
async function triedUntilSeen(tower: Watchtower, sql: string): Promise<Watched | undefined> {
  let seen: Watched | undefined
  for (let attempt = 0; attempt < 20 && !seen?.blockers.length; attempt++) seen = await tower.run(sql, 300)
  return seen
}

const ours = "application_name LIKE 'devflow-migrate%' AND datname = current_database()"

eachMajor('a watched message', (major) => {
  it('that waits for a reader names who that is', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE orders (id integer)')
    await using reader = await aReader(
      database,
      "SELECT count(*) /* it's\n  a report */ FROM orders WHERE id <> 4711 OR 'x' = 'y'",
    )
    await using tower = await aWatchtower(database.url)
    const sent = tower.run('ALTER TABLE orders ADD COLUMN note text')
    await until(async () => tower.watching().length >= 2)
    await reader.leave()
    const { reply, blockers } = await sent
    expect(reply.error).toBeUndefined()
    expect(blockers).toEqual([
      {
        processId: reader.pid,
        user: expect.any(String),
        application: 'nightly report',
        address: '127.0.0.1',
        state: 'idle in transaction',
        ageMs: expect.any(Number),
        query: 'SELECT count(*) FROM orders WHERE id <> … OR … = …',
      },
    ])
    const [first, second] = tower.watching()
    expect(first).toMatchObject({
      doing: 'waiting for AccessExclusiveLock on public.orders',
      blockedBy: [{ processId: reader.pid }],
      blocking: [],
    })
    expect(first?.elapsedMs).toBeGreaterThanOrEqual(1_000)
    expect(second?.blockedBy[0]?.ageMs).toBeGreaterThan(first?.blockedBy[0]?.ageMs ?? 0)
    expect(tower.opened()).toBe(1)
  })

  it('whose lock_timeout is short names the blocker all the same', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE orders (id integer)')
    await using reader = await aReader(database, 'SELECT FROM orders')
    await using tower = await aWatchtower(database.url)
    const seen = await triedUntilSeen(tower, 'ALTER TABLE orders ADD COLUMN note text')
    expect(seen?.reply.error?.code).toBe('55P03')
    expect(seen?.blockers).toMatchObject([{ processId: reader.pid, application: 'nightly report' }])
  })

  it('that builds an index shows phase and share', async () => {
    await using database = await aDatabase({ major })
    await database.query(PAGES)
    await using tower = await aWatchtower(database.url)
    const isSeen = (what: string) => async () =>
      tower.watching().some(({ doing, share = 0 }) => doing === what && share > 0 && share < 1)
    const building = tower.run('CREATE INDEX CONCURRENTLY pages_by_n ON pages (slow(n))')
    await until(isSeen('building the index public.pages_by_n on public.pages: scanning table'))
    await database.query(ENOUGH)
    expect((await building).reply.error).toBeUndefined()
    await database.query(SLOW_AGAIN)
    const again = tower.run('DROP INDEX pages_by_n; CREATE INDEX ON pages (slow(n))', OFTEN)
    await until(isSeen('building an index on public.pages: scanning table'))
    await database.query(ENOUGH)
    expect((await again).reply.error).toBeUndefined()
    const shares = tower.watching().flatMap(({ share }) => (share === undefined ? [] : [share]))
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
    expect(tower.opened()).toBe(1)
  })

  it.each([false, true])(
    'is given up where its process is gone, though it was never seen (after its last step: %p)',
    async (isLast) => {
      await using database = await aDatabase({ major })
      await using tower = await aWatchtower(database.url)
      const backend = await aGoneProcess(database.url)
      const lost: Reply = { results: [], completed: 0, state: 'lost' }
      let giveUp: (reason: string) => void = () => {}
      const givenUp = new Promise<string>((resolve) => {
        giveUp = resolve
      })
      const send = async (stepDone: StepDone) => {
        stepDone(isLast)
        await givenUp
        return lost
      }
      expect((await tower.watch.during(backend, 0, send, giveUp)).reply).toBe(lost)
      expect(await givenUp).toBe('the server has ended the session, and no word of it came through')
      expect(tower.events).toEqual([])
    },
  )

  it('that vacuums shows phase and share', async () => {
    await using database = await aDatabase({ major })
    await database.query(`${PAGES} DELETE FROM pages WHERE n % 2 = 0`)
    await using tower = await aWatchtower(database.url)
    await tower.session.send('SET vacuum_cost_delay = 20; SET vacuum_cost_limit = 1;')
    const sent = tower.watch.during(tower.session.processId, OFTEN, () => tower.session.send('VACUUM pages'))
    await until(async () => tower.watching().some(({ share = 0 }) => share > 0))
    await database.query(`SELECT pg_cancel_backend(${tower.session.processId})`)
    await sent
    const scanning = tower.watching().filter(({ doing }) => doing === 'vacuuming public.pages: scanning heap')
    expect(scanning.some(({ share = 0 }) => share > 0 && share <= 1)).toBe(true)
  })

  it('that copies shows the rows', async () => {
    await using database = await aDatabase({ major })
    await database.query(`${PAGES} CREATE TABLE numbers (n integer CHECK (slow(n) > 0))`)
    await using tower = await aWatchtower(database.url)
    const copying = tower.run("COPY numbers FROM PROGRAM 'seq 200'", OFTEN)
    await until(async () =>
      tower.watching().some(({ doing = '' }) => /^copying into public\.numbers: \d+ rows$/.test(doing)),
    )
    await database.query(ENOUGH)
    expect((await copying).reply.error).toBeUndefined()
  })

  it('that rewrites a table names what it keeps others out of, and whom', async () => {
    await using database = await aDatabase({ major })
    await database.query(PAGES)
    await using tower = await aWatchtower(database.url)
    await using other = await aClient(database.url)
    const sent = tower.run('ALTER TABLE pages ALTER n TYPE bigint USING slow(n)', OFTEN)
    await until(async () => tower.watching().length > 0)
    const waiting = other.query('SELECT count(*) FROM pages')
    await until(async () => tower.watching().some(({ blocking }) => blocking.length > 0))
    await database.query(ENOUGH)
    const { reply, blockers } = await sent
    await waiting
    expect(reply.error).toBeUndefined()
    expect(blockers).toEqual([])
    const last = tower.watching().find(({ blocking }) => blocking.length > 0)
    expect(last?.doing).toBe('holding AccessExclusiveLock on public.pages')
    expect(last?.blocking).toMatchObject([{ state: 'active', query: 'SELECT count(*) FROM pages' }])
  })

  it('is the same to a second connection whose clock is set otherwise', async () => {
    await using database = await aDatabase({ major })
    await using tower = await aWatchtower(database.url)
    const givenUp: string[] = []
    const pid = tower.session.processId
    const sent = tower.watch.during(
      pid,
      OFTEN,
      () => tower.session.send('SELECT pg_sleep(60)'),
      (reason) => givenUp.push(reason),
    )
    await until(async () => tower.watching().length > 0)
    await database.query(`ALTER DATABASE ${database.name} SET timezone = 'Asia/Tokyo'`)
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours} AND pid <> ${pid}`,
    )
    // What is not found is given up after three seconds.
    await until(async () => tower.opened() === 2)
    const before = tower.watching().length
    await until(async () => tower.watching().length > before + 10)
    await database.query(`SELECT pg_cancel_backend(${tower.session.processId})`)
    await sent
    expect(tower.opened()).toBe(2)
    expect(givenUp).toEqual([])
  })

  it('leaves no transaction behind between two looks', async () => {
    await using database = await aDatabase({ major })
    await using tower = await aWatchtower(database.url)
    const sent = tower.run('SELECT pg_sleep(60)')
    await until(async () => tower.watching().length > 0)
    // It may be at the next look just then.
    await until(async () => {
      const rows = await database.query(
        `SELECT FROM pg_stat_activity WHERE ${ours} AND pid <> ${tower.session.processId}
           AND state = 'idle' AND xact_start IS NULL AND backend_xmin IS NULL`,
      )
      return rows.length === 1
    })
    await database.query(`SELECT pg_cancel_backend(${tower.session.processId})`)
    await sent
  })
})

describe('the watch', () => {
  it('opens no connection for messages that are short', async () => {
    await using database = await aDatabase()
    await using tower = await aWatchtower(database.url)
    for (let n = 0; n < 20; n++) await tower.run('SELECT 1', 3_000)
    expect(tower.opened()).toBe(0)
    expect(await database.query(`SELECT count(*)::int FROM pg_stat_activity WHERE ${ours}`)).toEqual([
      { count: 1 },
    ])
    expect(tower.events).toEqual([])
  })

  it('says nothing when its connection is killed, and opens another', async () => {
    await using database = await aDatabase()
    await using tower = await aWatchtower(database.url)
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours} AND pid <> ${tower.session.processId}`
    await database.query('SELECT pg_advisory_lock(1)')
    const sent = tower.waitFor('SELECT pg_advisory_lock(1)')
    await until(async () => tower.watching().length > 0)
    for (let times = 0; times < 2; times++) {
      await until(async () => (await database.query(kill)).length > 0)
    }
    await database.query('SELECT pg_advisory_unlock(1)')
    expect((await sent).reply.error).toBeUndefined()
    expect(tower.opened()).toBeLessThanOrEqual(3)
    expect(tower.events.filter(({ kind }) => kind !== 'watching')).toEqual([])
  })

  it('tells once that it gets no connection, and the message goes on', async () => {
    await using database = await aDatabase()
    await using session = await (await makeDoor(database.url, access)).open(() => {})
    const events: ProgressEvent[] = []
    let opened = 0
    const refused = () => {
      opened++
      return Promise.reject(new UserError([{ message: 'No connection left.', help: 'Wait.' }]))
    }
    await using watch = openWatch({ open: refused }, (event) => events.push(event), String)
    for (let n = 0; n < 2; n++) {
      const { reply } = await watch.during(session.processId, OFTEN, () =>
        session.send('SELECT pg_sleep(0.3)'),
      )
      expect(reply.error).toBeUndefined()
    }
    expect(opened).toBe(1)
    expect(notes(events)).toEqual(['Long statements are not watched: No connection left.'])
  })

  it('tells how long a message takes although nothing is to be seen of it', async () => {
    const events: ProgressEvent[] = []
    const open = () => Promise.reject(new UserError([{ message: 'No connection left.', help: 'Wait.' }]))
    await using watch = openWatch({ open }, (event) => events.push(event), String)
    const answer = { results: [], completed: 1, state: 'I' as const }
    await watch.during(1, OFTEN, async () => {
      await until(async () => events.length > 2)
      return answer
    })
    const [note, ...watching] = events
    expect(note?.kind).toBe('note')
    for (const event of watching) {
      expect(event).toEqual({ kind: 'watching', elapsedMs: expect.any(Number), blockedBy: [], blocking: [] })
      expect((event as Watching).elapsedMs).toBeGreaterThanOrEqual(1_000)
    }
  })

  it('keeps its connection where the database ends idle ones', async () => {
    await using database = await aDatabase()
    await database.query('CREATE TABLE held ()')
    await database.query(`ALTER DATABASE ${database.name} SET idle_session_timeout = '700ms'`)
    await using tower = await aWatchtower(database.url)
    await sent(tower.session, 'SET idle_session_timeout = 0')
    await using _reader = await aReader(database, 'SET idle_session_timeout = 0; SELECT FROM held')
    for (let n = 0; n < 3; n++) {
      const seen = await triedUntilSeen(tower, 'ALTER TABLE held ADD note text')
      expect(seen?.blockers).toHaveLength(1)
      await new Promise((resolve) => setTimeout(resolve, 1_200))
    }
    expect(tower.opened()).toBe(1)
  })

  it('tells once that its connections are lost each time', async () => {
    await using database = await aDatabase()
    await using session = await (await makeDoor(database.url, access)).open(() => {})
    const events: ProgressEvent[] = []
    const ended: Reply = {
      results: [],
      completed: 0,
      state: 'lost',
      error: { code: 'connection-lost', message: 'terminating connection', fatal: true },
    }
    let opened = 0
    const open = async (): Promise<Session> => {
      opened++
      const nothing = { giveUp: () => {}, cancel: async () => {}, [Symbol.asyncDispose]: async () => {} }
      return { processId: 1, send: async () => ended, ...nothing }
    }
    await using watch = openWatch({ open }, (event) => events.push(event), String)
    await watch.during(session.processId, OFTEN, async () => {
      await until(async () => notes(events).length > 0)
      return session.send('SELECT pg_sleep(0.3)')
    })
    expect(opened).toBe(3)
    const why = 'the second connection was lost 3 times (terminating connection).'
    expect(notes(events)).toEqual([`Long statements are not watched: ${why}`])
  })

  it('looks sooner each time a lock timeout came before the look, and as before once it did not', async () => {
    const failed = { code: '55P03', message: 'canceling statement due to lock timeout', fatal: false }
    const answerIn = (ms: number, error?: typeof failed) =>
      new Promise<Reply>((resolve) =>
        setTimeout(resolve, ms, { results: [], completed: 0, state: 'I', ...(error ? { error } : {}) }),
      )
    let opened = false
    const open = async (): Promise<Session> => {
      opened = true
      throw new UserError([{ message: 'No connection left.', help: 'Wait.' }])
    }
    const firstLook = async (error: typeof failed | undefined, times: number) => {
      opened = false
      await using watch = openWatch({ open }, () => {}, String)
      for (let n = 0; n < times; n++) await watch.during(1, 3_000, () => answerIn(200, error))
      await watch.during(1, 3_000, () => answerIn(900))
      return opened
    }
    expect(await firstLook(undefined, 1)).toBe(false)
    expect(await firstLook(failed, 1)).toBe(true)
  })

  it('that rests gives its connection back, one that is still to come too, and opens another', async () => {
    await using database = await aDatabase()
    await using tower = await aWatchtower(database.url)
    const others = `SELECT FROM pg_stat_activity WHERE ${ours} AND pid <> ${tower.session.processId}`
    // More often than a lost one is opened again.
    for (let times = 1; times <= 5; times++) {
      const sent = tower.waitFor('SELECT pg_sleep(60)')
      await until(async () => (await database.query(others)).length === 1)
      await database.query(`SELECT pg_cancel_backend(${tower.session.processId})`)
      await sent
      expect(await database.query(others)).toHaveLength(1)
      expect(tower.opened()).toBe(times)
      await tower.watch.rest()
      await until(async () => (await database.query(others)).length === 0)
    }
    expect(tower.events.filter(({ kind }) => kind !== 'watching')).toEqual([])

    let come: (session: Session) => void = () => {}
    const events: ProgressEvent[] = []
    const coming = new Promise<Session>((resolve) => {
      come = resolve
    })
    await using late = openWatch({ open: () => coming }, (event) => events.push(event), String)
    await late.during(1, OFTEN, () => tower.session.send('SELECT pg_sleep(0.2)'))
    await late.rest()
    let closed = false
    come({
      ...tower.session,
      [Symbol.asyncDispose]: async () => {
        closed = true
      },
    })
    await until(async () => closed)
    expect(notes(events)).toEqual([])
  })

  it('neither holds up a message nor its own end while its connection is not there yet', async () => {
    const never = new Promise<Session>(() => {})
    const watch = openWatch({ open: () => never }, () => {}, String)
    const answer = { results: [], completed: 1, state: 'I' as const }
    let answerNow: (reply: typeof answer) => void = () => {}
    const sent = new Promise<typeof answer>((resolve) => {
      answerNow = resolve
    })
    const watched = watch.during(1, OFTEN, () => sent)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const started = Date.now()
    answerNow(answer)
    expect(await watched).toEqual({ reply: answer, blockers: [] })
    await watch[Symbol.asyncDispose]()
    // The connection never comes: who waits for it never ends.
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it.each([
    [true, 0],
    [false, 1],
  ])('does not look at what follows the last step (%p)', async (isLast, expected) => {
    let opened = 0
    const open = () => {
      opened++
      return Promise.reject(new Error('No connection left.'))
    }
    const watch = openWatch({ open }, () => {}, String)
    const answer = { results: [], completed: 1, state: 'I' as const }
    const slow = new Promise<typeof answer>((resolve) => setTimeout(resolve, 200, answer))
    const watched = watch.during(1, OFTEN, (stepDone) => {
      stepDone(isLast)
      return slow
    })
    expect(await watched).toEqual({ reply: answer, blockers: [] })
    await watch[Symbol.asyncDispose]()
    expect(Math.min(opened, 1)).toBe(expected)
  })

  it('does not let a log that is gone fail the message, or lose the blockers', async () => {
    await using database = await aDatabase()
    await database.query('CREATE TABLE orders (id integer)')
    await using reader = await aReader(database, 'SELECT FROM orders')
    const door = await makeDoor(database.url, access)
    await using session = await door.open(() => {})
    let told = 0
    const broken = () => {
      told++
      throw new Error('broken pipe')
    }
    await using watch = openWatch(door, broken, String)
    const sent = watch.during(session.processId, OFTEN, () =>
      session.send('ALTER TABLE orders ADD note text'),
    )
    await until(async () => told > 2)
    await reader.leave()
    const { reply, blockers } = await sent
    expect(reply.error).toBeUndefined()
    expect(blockers).toMatchObject([{ processId: reader.pid }])
  })

  it('shows of others what the role may see, and no query where it may not', async () => {
    await using database = await aDatabase()
    const role = `watcher_${database.name}`
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'; CREATE SCHEMA own AUTHORIZATION ${role};
      CREATE TABLE own.orders (id integer); ALTER TABLE own.orders OWNER TO ${role}`)
    await using reader = await aReader(database, 'SELECT FROM own.orders')
    {
      await using tower = await aWatchtower(asUser(database.url, role, 'secret'))
      const sent = tower.waitFor('ALTER TABLE own.orders ADD COLUMN note text')
      await until(async () => tower.watching().length > 0)
      await reader.leave()
      expect((await sent).blockers).toEqual([
        {
          processId: reader.pid,
          user: expect.any(String),
          application: 'nightly report',
          address: null,
          state: null,
          ageMs: null,
          query: null,
        },
      ])
    }
    await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  })

  it('redacts what others wrote before it cuts it at 200 characters', async () => {
    await using database = await aDatabase()
    await database.query('CREATE TABLE "hunter2 orders" (id integer)')
    const padding = 'x'.repeat(60)
    const columns = `count(*) AS ${padding}1, count(*) AS ${padding}2, count(*) AS a_last_column`
    await using reader = await aReader(
      database,
      `SELECT ${columns}, count(*) AS hunter2 FROM "hunter2 orders"`,
    )
    await using tower = await aWatchtower(database.url, (text) => text.replaceAll('hunter2', '***'))
    const sent = tower.waitFor('ALTER TABLE "hunter2 orders" ADD COLUMN note text')
    await until(async () => tower.watching().length > 0)
    await reader.leave()
    const { blockers } = await sent
    expect(blockers[0]?.query).toBe(`SELECT ${columns}, count(*) AS ***…`)
    expect(blockers[0]?.query).toHaveLength(200)
    expect(JSON.stringify(tower.events)).not.toContain('hunter')
  })
})
