import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'

const given = { 'lock-timeout': '300ms', rehearse: 'off' }

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
    await using innocent = await aClient(database.url)
    const started = Date.now()
    await innocent.query('select * from q')
    const waitedMs = Date.now() - started
    await until(async () => retries(migrator.events).length >= 3)
    await reader.query('rollback')
    const report = await run
    expect(waitedMs).toBeLessThan(500)
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
    await using innocent = await aClient(database.url)
    const started = Date.now()
    await innocent.query('select * from q')
    const waitedMs = Date.now() - started
    await until(async () => retries(migrator.events).length >= 2)
    await reader.query('rollback')
    expect(verdict(await run)).toBe('0 applied: 01 applied')
    expect(waitedMs).toBeLessThan(500)
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
