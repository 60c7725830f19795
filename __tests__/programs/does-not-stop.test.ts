import { expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeAdvice } from '../../src/render/advice.js'
import { makeFailures } from '../../src/render/failures.js'
import { makeHeadline } from '../../src/render/headline.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

/** Whoever asks it to end is not heard. */
const STUBBORN = `do $$ begin
  loop
    begin perform pg_sleep(600); exception when query_canceled then null; end;
  end loop;
end $$;`

async function endWhileItSleeps(
  database: TestDatabase,
  migrator: Migrator,
  command: string,
  given: Record<string, string>,
): Promise<Report> {
  const controller = new AbortController()
  const running = migrator.run(command, {
    given: { rehearse: 'off', ...given },
    system: { signal: controller.signal },
  })
  const sleeping = `from pg_stat_activity where wait_event = 'PgSleep' and datname = $1`
  await until(async () => (await database.query(`select 1 ${sleeping}`, [database.name])).length > 0)
  controller.abort('SIGINT')
  const report = await running
  await database.query(`select pg_terminate_backend(pid, 20000) ${sleeping}`, [database.name])
  // In a process of its own it would be over; here it looks what became of it.
  await until(async () => migrator.events.some(({ kind }) => kind === 'reconnecting'))
  const others = `from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`
  await until(async () => (await database.query(`select 1 ${others}`, [database.name])).length === 0)
  return report
}

const quote = (text: string) => text

eachMajor('a run that is asked to end while the server does not give in', (major) => {
  it('tells what was sent as unknown, what was not as not run, and that it did not stop in time', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': STUBBORN,
      '03_c.sql': 'create table c (n int);',
    })
    const report = await endWhileItSleeps(database, migrator, 'migrate', { transaction: 'none' })
    expect(verdict(report)).toBe('130 unknown: 01 applied, 02 unknown, 03 not-run')
    expect(report.outcomes[1]?.failure?.message).toContain('did not stop in time')
    expect(report.outcomes[1]?.durationMs).toBeGreaterThan(1_000)
    expect(report.outcomes[2]?.failure).toBeUndefined()
    expect(makeHeadline(report, quote).text).toMatch(/^Cancelled by SIGINT\. 02_b\.sql did not stop in time/)
    expect(makeFailures(report).map(({ name, during }) => [name, during])).toEqual([
      ['02_b.sql', 'did not stop in time'],
    ])
    expect(makeAdvice(report, quote)).toEqual(
      expect.arrayContaining([
        'Not reached: 1 migration.',
        expect.stringContaining('holds the lock of the run'),
      ]),
    )
    const kept = await database.query(
      `select to_regclass('c') as c, array(select version from devflow.schema_migrations order by 1) as versions`,
    )
    expect(kept).toEqual([{ c: null, versions: ['01', '02'] }])
  })

  it('tells all that went in one message as unknown, and none behind', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': STUBBORN,
      '03_c.sql': 'create table c (n int);',
      '04_d.sql': '-- devflow:no-transaction\nvacuum a;',
    })
    const report = await endWhileItSleeps(database, migrator, 'migrate', {})
    expect(verdict(report)).toBe('130 unknown: 01 applied, 02 unknown, 03 unknown, 04 not-run')
  })

  it('tells the same of a rollback', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);\n-- migrate:down\ndrop table a;',
      '02_b.sql': `create table b (n int);\n-- migrate:down\n${STUBBORN}`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied')
    const report = await endWhileItSleeps(database, migrator, 'rollback', { steps: '2', transaction: 'none' })
    const { steps = [] } = report.operation ?? {}
    expect([report.exitCode, report.status]).toEqual([130, 'unknown'])
    expect(steps.map(({ version, state }) => [version, state])).toEqual([
      ['02', 'unknown'],
      ['01', 'not-run'],
    ])
    expect(makeHeadline(report, quote).text).toMatch(
      /^Cancelled by SIGINT\. rollback on .* did not stop in time/,
    )
  })
})
