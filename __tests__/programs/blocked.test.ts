import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { OtherSession } from '../../src/model/watch.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { anOtherSession } from '../support/builders.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aStranger } from './a-stranger.js'

const LOCK_MS = 500
/** What others may wait beyond that. */
const PROMISED_MS = 200
const HELD_MS = 5_000
const QUERY = 'SELECT count(*) FROM orders'
const given = { 'lock-timeout': `${LOCK_MS}ms`, rehearse: 'off' }
const files = { '01_note.sql': 'ALTER TABLE orders ADD COLUMN note text;\n' }

/** Somebody who read the table and does nothing in the transaction. */
async function aReader({ url }: TestDatabase) {
  const named = new URL(url)
  named.searchParams.set('application_name', 'nightly report')
  const client = await aClient(named.href)
  const [row] = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await client.query('BEGIN')
  await client.query(QUERY)
  return { client, blocker: blockerOf(row?.pid ?? 0), since: Date.now() }
}

function blockerOf(processId: number): Partial<OtherSession> {
  const {
    user: _,
    ageMs: __,
    ...known
  } = anOtherSession({
    processId,
    application: 'nightly report',
    address: '127.0.0.1',
    state: 'idle in transaction',
    query: QUERY,
  })
  return known
}

function retries(events: readonly ProgressEvent[]) {
  return events.flatMap((event) => (event.kind === 'retrying' ? [event] : []))
}

eachMajor('a migration behind a reader', (major) => {
  it('lets others through between two attempts, names the reader, and is applied when it has gone', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE orders (id integer)')
    await using migrator = await aMigrator(database.url, files)
    const reader = await aReader(database)
    await using _ = reader.client
    const run = migrator.run('migrate', { given })
    const stranger = aStranger(database, QUERY, LOCK_MS / 2)
    const looks = () => migrator.events.flatMap((event) => (event.kind === 'watching' ? [event] : []))
    const isSeen = () => looks().some(({ blocking }) => blocking.some(({ query }) => query === QUERY))
    // Four waits for the stranger, of which the machine may spoil one or two; and long enough for one without a limit.
    await until(
      async () => retries(migrator.events).length >= 4 && isSeen() && Date.now() - reader.since > HELD_MS,
    )
    const heldMs = Date.now() - reader.since
    await reader.client.query('ROLLBACK')
    const report = await run
    const { usual, longest, stall } = await stranger.stop()
    expect(verdict(report)).toBe('0 applied: 01 applied')
    console.log(
      `PostgreSQL ${major}: the reader held the table for ${heldMs} ms; an innocent query waited ${usual} ms, ${longest} ms at most (lock_timeout ${LOCK_MS} ms; who waits for nobody, ${stall} ms at most)`,
    )
    expect(usual).toBeGreaterThan(LOCK_MS / 2)
    expect(usual).toBeLessThan(LOCK_MS + PROMISED_MS + stall)
    // Without a limit it is as long as the reader holds the table.
    expect(longest).toBeLessThan(HELD_MS / 2 + stall)
    const named = retries(migrator.events).flatMap(({ blockers }) => blockers)
    expect(named).toContainEqual(expect.objectContaining(reader.blocker))
    expect(report.outcomes[0]?.blockers).toEqual([expect.objectContaining(reader.blocker)])
    expect(renderTerminal(report, { color: false, width: 100 })).toMatch(
      /Waited +01_note\.sql: \d attempts; the last that it waited for: process \d+ \(user \w+, nightly report, /,
    )
    expect(renderSummary(report)).toContain('Waited for others')
    const look = looks().find(({ worthALine, blockedBy }) => worthALine && blockedBy.length > 0)
    expect(look?.blockedBy).toEqual([expect.objectContaining(reader.blocker)])
    expect(look?.doing).toBe('waiting for AccessExclusiveLock on public.orders')
  })

  it.each([
    ['says so', 'SET LOCAL lock_timeout = $$0.4s$$;'],
    ['is not told by its text', `DO $do$BEGIN PERFORM set_config('lock_timeout', '400ms', true); END$do$;`],
  ])('names the reader where the file has a shorter lock_timeout of its own, which %s', async (_, sets) => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE orders (id integer)')
    const own = { '01_note.sql': `${sets.replaceAll('$$', "'")}\n${files['01_note.sql']}` }
    await using migrator = await aMigrator(database.url, own)
    const reader = await aReader(database)
    await using _reader = reader.client
    const run = migrator.run('migrate', { given: { rehearse: 'off' } })
    await until(async () => retries(migrator.events).some(({ blockers }) => blockers.length > 0))
    const seen = retries(migrator.events)
    await reader.client.query('ROLLBACK')
    expect(verdict(await run)).toBe('0 applied: 01 applied')
    expect(seen.at(-1)?.blockers).toEqual([expect.objectContaining(reader.blocker)])
    // Looked at after a second each time, it would not be seen in ten.
    expect(seen.length).toBeLessThanOrEqual(8)
  })

  it('names the reader in the report when it gives up', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE orders (id integer)')
    await using migrator = await aMigrator(database.url, files)
    const reader = await aReader(database)
    await using _ = reader.client
    // Gives up at once, where the attempts to get the lock would take half a minute.
    const asked = { ...given, 'lock-timeout': '1m', 'statement-timeout': '6s' }
    const report = await migrator.run('migrate', { given: asked })
    expect(verdict(report)).toBe('1 failed: 01 failed')
    const [outcome] = report.outcomes
    expect(outcome?.failure?.code).toBe('57014')
    expect(outcome?.failure?.blockers).toEqual([expect.objectContaining(reader.blocker)])
  })
})
