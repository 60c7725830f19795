import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aStranger, type Waits } from './a-stranger.js'

const LOCK_MS = 300
const PROMISED_MS = 200
/** So long the reader holds the partition at least. */
const HELD_MS = 4_000
const given = { 'lock-timeout': `${LOCK_MS}ms`, rehearse: 'off' }

const retries = (events: readonly ProgressEvent[]) =>
  events.flatMap((event) => (event.kind === 'retrying' ? [event] : []))

/** Once a statement of another session waits for a lock. */
async function waiting({ query, name }: TestDatabase, pattern: string, before = 'true'): Promise<void> {
  await until(async () => {
    const rows = await query(
      `select ${before} from pg_stat_activity
       where datname = $1 and wait_event_type = 'Lock' and pid <> pg_backend_pid() and query ~* $2`,
      [name, pattern],
    )
    return rows.length > 0
  })
}

function expectShort({ usual, longest, stall }: Waits): void {
  expect(usual).toBeLessThan(LOCK_MS + PROMISED_MS + stall)
  // Without a limit it is as long as the reader holds the partition.
  expect(longest).toBeLessThan(HELD_MS / 2 + stall)
}

const partitioned = `create table p (n int) partition by range (n);
  create table q partition of p for values from (0) to (9);`

eachMajor('what waits behind a reader', (major) => {
  it('is not everybody who reads a partition that is detached concurrently', async () => {
    await using database = await aDatabase({ major })
    await database.query(partitioned)
    await using migrator = await aMigrator(database.url, {
      '01_d.sql': 'alter table p detach partition q concurrently;',
    })
    await using reader = await aClient(database.url)
    await reader.query('begin; select * from q')
    const run = migrator.run('migrate', { given })
    await waiting(database, 'detach')
    const stranger = aStranger(database, 'select * from q', LOCK_MS / 2)
    const since = Date.now()
    await until(async () => retries(migrator.events).length >= 4 && Date.now() - since > HELD_MS)
    await reader.query('rollback')
    const report = await run
    expectShort(await stranger.stop())
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.outcomes[0]?.attempts).toBeGreaterThanOrEqual(4)
    const named = retries(migrator.events).flatMap(({ blockers }) => blockers)
    expect(named).toContainEqual(expect.objectContaining({ query: 'begin; select * from q' }))
    expect(retries(migrator.events).at(-1)?.reason).toContain('DETACH PARTITION "q" FINALIZE')
    expect(await database.query('select from pg_inherits')).toEqual([])
  })

  it('is not everybody either where the next run ends the detaching', async () => {
    await using database = await aDatabase({ major })
    await database.query(partitioned)
    await using migrator = await aMigrator(database.url, {
      '01_d.sql': 'alter table p detach partition q concurrently;',
    })
    await using reader = await aClient(database.url)
    await reader.query('begin; select * from p')
    const first = migrator.run('migrate', { given: { rehearse: 'off' } })
    await waiting(database, 'detach', 'pg_cancel_backend(pid)')
    expect(verdict(await first)).toBe('1 failed: 01 failed')
    await reader.query('rollback; begin; select * from q')
    const run = migrator.run('migrate', { given })
    await waiting(database, 'finalize')
    const stranger = aStranger(database, 'select * from q', LOCK_MS / 2)
    const since = Date.now()
    await until(async () => retries(migrator.events).length >= 4 && Date.now() - since > HELD_MS)
    await reader.query('rollback')
    expect(verdict(await run)).toBe('0 applied: 01 applied')
    expectShort(await stranger.stop())
    const named = retries(migrator.events).flatMap(({ blockers }) => blockers)
    expect(named).toContainEqual(expect.objectContaining({ state: 'idle in transaction' }))
    expect(await database.query('select from pg_inherits')).toEqual([])
  })

  it.each([
    ['outside a transaction', 'create unique index concurrently i on t (n);', 'indisunique'],
    ['in one transaction by now', 'create index i on t (n);', 'not indisunique'],
  ])('a leftover is taken away again where that lost in a deadlock, in a file %s', async (_, sql, unique) => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int); insert into t values (1), (1);')
    await using migrator = await aMigrator(database.url, {
      '01_i.sql': 'create unique index concurrently i on t (n);',
    })
    expect(verdict(await migrator.run('migrate', { given }))).toBe('1 failed: 01 failed')
    await database.query('truncate t')
    await migrator.write('01_i.sql', sql)
    await using other = await aClient(database.url)
    await other.query(`set deadlock_timeout = '10min'`)
    await other.query('begin; insert into t values (7)')
    const run = migrator.run('migrate', { given })
    await waiting(database, '^drop index concurrently')
    await other.query('lock table t in share update exclusive mode')
    await other.query('commit')
    expect(verdict(await run)).toBe('0 applied: 01 applied')
    expect(retries(migrator.events)).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(/deadlock.*DROP INDEX CONCURRENTLY/),
        attempt: 1,
      }),
    ])
    expect(
      await database.query(
        `select from pg_index where indrelid = 't'::regclass and indisvalid and ${unique}`,
      ),
    ).toHaveLength(1)
  })
})
