import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const LONG = 'select pg_sleep(60);'

/** Runs, and asks the run to end as soon as an event is seen. */
async function endAt(
  migrator: Migrator,
  command: string,
  seen: () => Promise<boolean>,
  given: Record<string, string> = {},
) {
  const controller = new AbortController()
  const running = migrator.run(command, { given, system: { signal: controller.signal } })
  await until(seen)
  const asked = performance.now()
  controller.abort('SIGTERM')
  const report = await running
  return { report, tookMs: performance.now() - asked }
}

async function sleepsIn(database: TestDatabase): Promise<boolean> {
  const sleeping = `select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = $1`
  return (await database.query(sleeping, [database.name])).length > 0
}

eachMajor('a run that is asked to end', (major) => {
  it('cancels the statement, records that, tells what was applied, and leaves in time', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': `insert into a values (2);\n${LONG}`,
      '03_c.sql': 'insert into a values (3);',
    })
    const { report, tookMs } = await endAt(migrator, 'migrate', () => sleepsIn(database), {
      rehearse: 'off',
    })
    expect(verdict(report)).toBe('143 cancelled: 01 applied, 02 failed, 03 not-run')
    expect(report.outcomes[1]?.failure).toMatchObject({ code: '57014', position: { line: 2 } })
    expect(report.outcomes[1]?.failure?.message).toContain('cancelled by SIGTERM')
    expect(tookMs).toBeLessThan(5_000)
    expect(await database.query('select n from a')).toEqual([])
    expect(await database.query('select version, status from devflow.schema_migrations order by 1')).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'failed' },
    ])
    const left = await database.query(
      `select 1 from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and a.datname = '${database.name}'`,
    )
    expect(left).toEqual([])
  })

  it('cancels a rehearsal, and applies nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': `create table a (n int); ${LONG}` })
    const sleeps = async () => migrator.events.some(({ kind }) => kind === 'rehearsing')
    const { report } = await endAt(migrator, 'migrate', sleeps)
    expect(verdict(report)).toBe('143 cancelled')
    expect(await database.query(`select to_regclass('devflow.schema_migrations') as t`)).toEqual([
      { t: null },
    ])
  })

  it('waits no longer for the lock of another run', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', LONG)
    const first = new AbortController()
    const running = migrator.run('migrate', { given: { rehearse: 'off' }, system: { signal: first.signal } })
    await until(() => sleepsIn(database))
    const waits = async () => migrator.events.some(({ kind }) => kind === 'waiting-for-lock')
    const { report, tookMs } = await endAt(migrator, 'migrate', waits)
    expect(verdict(report)).toBe('143 cancelled')
    expect(tookMs).toBeLessThan(5_000)
    first.abort('SIGINT')
    expect(verdict(await running)).toBe('130 cancelled: 02 failed')
  })

  it('is none when everything was done already', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    const controller = new AbortController()
    const report = await migrator.run('migrate', {
      system: {
        signal: controller.signal,
        observe: (event) => {
          if (event.kind === 'stage' && event.stage === 'verify') controller.abort('SIGINT')
        },
      },
    })
    expect(verdict(report)).toBe('0 applied: 01 applied')
  })
})
