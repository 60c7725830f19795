import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import { makeAdvice } from '../../src/render/advice.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'

const given = { 'lock-timeout': '300ms', rehearse: 'off' }
const hold = 'begin; lock table devflow.schema_migrations in share mode'

const retries = (events: readonly ProgressEvent[]) =>
  events.flatMap((event) => (event.kind === 'retrying' ? [event] : []))

async function running({ query, name }: TestDatabase, pattern: string): Promise<void> {
  await until(async () => {
    const rows = await query(
      'select from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and query ~* $2',
      [name, pattern],
    )
    return rows.length > 0
  })
}

/** Ends once somebody else holds the tracking table. */
const procedure = `create table t (n int); insert into t values (1);
create procedure p() language plpgsql as $$ begin insert into t values (2); commit;
  while not exists (select from pg_locks where relation = 'devflow.schema_migrations'::regclass and mode = 'ShareLock' and granted
    and database = (select oid from pg_database where datname = current_database()))
  loop perform pg_sleep(0.02); end loop; end $$;`

eachMajor('a tracking table that somebody holds while a file runs outside a transaction', (major) => {
  it.each([
    [
      '-- devflow:no-transaction\ncall p();\ninsert into t values (3);',
      '^-- devflow:no-transaction\\s*call|^\\s*call',
    ],
    [
      '-- devflow:lock-timeout=1ms\n-- devflow:no-transaction\ncall p();\ninsert into t values (3);',
      'call p',
    ],
    ['-- devflow:no-transaction\nset lock_timeout = 0; call p();\ninsert into t values (3);', 'call p'],
  ])('is waited for within the limit of the run, and tried again: %s', async (sql, pattern) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_p.sql': procedure })
    await migrator.run('migrate')
    await migrator.write('02_c.sql', sql)
    await using other = await aClient(database.url)
    const run = migrator.run('migrate', { given })
    await running(database, pattern)
    await other.query(hold)
    await until(async () => retries(migrator.events).length >= 2)
    const [{ reason, blockers } = { reason: '', blockers: [] }] = retries(migrator.events)
    await other.query('rollback')
    const report = await run
    expect(verdict(report)).toBe('0 applied: 02 applied')
    expect(reason).toContain('its record: canceling statement due to lock timeout')
    expect(blockers).toEqual([expect.objectContaining({ query: hold })])
    expect(await database.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('is told truly where it is held for too long, and the next run goes on behind what is done', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_p.sql': procedure })
    await migrator.run('migrate')
    await migrator.write('02_c.sql', '-- devflow:no-transaction\ncall p();\ninsert into t values (3);')
    await using other = await aClient(database.url)
    // Time flies for the one that waits, and not for the one that records the failure.
    const real = Date.now
    const run = migrator.run('migrate', { given })
    await running(database, 'call p')
    await other.query(hold)
    try {
      await until(async () => retries(migrator.events).length >= 1)
      Date.now = () => real() + 200_000
      await until(async () => retries(migrator.events).length >= 2)
    } finally {
      Date.now = real
    }
    await other.query('rollback')
    const report = await run
    expect(verdict(report)).toBe('1 partial: 02 partial')
    const failure = report.outcomes[0]?.failure
    expect(failure?.message).toBe(
      'statement 1 of 2 is done, and that could not be recorded: canceling statement due to lock timeout',
    )
    expect(failure).toMatchObject({ code: '55P03', statement: 1, position: { line: 2 } })
    expect(failure?.blockers).toEqual([expect.objectContaining({ query: hold })])
    expect(makeAdvice(report, (text) => text)[0]).toContain('nothing in it need be mended')
    expect(verdict(await migrator.run('migrate', { given }))).toBe('0 applied: 02 applied')
    expect(await database.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })
})

const TIMEOUT = { 'statement-timeout': '1200ms', rehearse: 'off' }
const note = "insert into seen select current_setting('statement_timeout');"

eachMajor('a tracking table that somebody holds for longer than a statement of a file may take', (major) => {
  const whileHeld = async (database: TestDatabase, work: () => Promise<Report>) => {
    await using other = await aClient(database.url)
    await other.query(hold)
    const run = work()
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = $1"
    await until(async () => (await database.query(waiting, [database.name])).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await other.query('rollback')
    return run
  }

  it.each([
    ['in a transaction each', {}, ''],
    ['in one for all', { transaction: 'all' }, ''],
    ['outside', {}, '-- devflow:no-transaction\n'],
  ])('is waited for, and the files keep that limit: %s', async (_, mode, head) => {
    await using database = await aDatabase({ major })
    const seen = 'create table seen (statement_timeout text);'
    await using migrator = await aMigrator(database.url, { '01_a.sql': seen, '01_a.down.sql': 'select 1;' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', `${head}${note}`)
    await migrator.write('02_b.down.sql', note)
    await migrator.write('03_c.sql', `-- devflow:statement-timeout=1s\n${head}${note}`)
    await migrator.write('03_c.down.sql', `-- devflow:statement-timeout=1s\n${note}`)
    const given = { ...TIMEOUT, ...mode }
    const applied = await whileHeld(database, () => migrator.run('migrate', { given }))
    expect(verdict(applied)).toBe('0 applied: 02 applied, 03 applied')
    const back = { ...given, confirm: database.name, steps: '2' }
    const undone = await whileHeld(database, () => migrator.run('rollback', { given: back }))
    expect([undone.exitCode, undone.operation?.steps.map(({ state }) => state)]).toEqual([
      0,
      ['done', 'done'],
    ])
    const rows = await database.query('select statement_timeout as t from seen')
    expect(rows.map(({ t }) => t)).toEqual(['1200ms', '1s', '1s', '1200ms'])
  })

  it('is waited for by what changes records alone', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', 'create table b ();')
    const given = { 'statement-timeout': '1200ms', applied: '02', reason: 'by hand' }
    const repaired = await whileHeld(database, () => migrator.run('repair', { given }))
    expect([repaired.exitCode, repaired.problems]).toEqual([0, []])
  })
})
