import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from '@jest/globals'
import { makeAdvice } from '../../src/render/advice.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'

/** Neither what calls it nor what it runs says so in as many words. */
const ENDS = `create sequence tries; create table t (n int); create procedure ends_p() language plpgsql as $$ begin perform ends(); end $$;
create function ends() returns void language plpgsql as $$ begin
  execute 'select pg_terminate_' || lower('BACKEND') || '(pg_backend_pid())'; end $$;
create function counts() returns trigger language plpgsql as $$ begin perform ends(); return null; end $$;`

const off = { given: { rehearse: 'off' } } as const

async function tries({ query }: TestDatabase): Promise<unknown> {
  const [row] = await query(`select last_value::int as n from tries`)
  return row?.n
}

/** Ends the session that sleeps, once for each. */
async function endWhileAsleep({ query, name }: TestDatabase, times: number): Promise<void> {
  const ended = new Set<unknown>()
  await until(async () => {
    const rows = await query<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`,
      [name],
    )
    for (const { pid } of rows) ended.add(pid)
    return ended.size === times
  })
}

eachMajor('a file that ends its own session', (major) => {
  it.each([
    ['in one transaction', '', '1 failed: 02 failed, 03 not-run'],
    ['outside of one', '-- devflow:no-transaction\n', '1 partial: 02 partial, 03 not-run'],
  ])('%s is sent twice, and told to do so', async (_, begins, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': ENDS })
    await migrator.run('migrate', off)
    await migrator.write('02_b.sql', `${begins}insert into t values (1);\nselect nextval('tries'), ends();`)
    await migrator.write('03_c.sql', 'insert into t values (3);')
    const report = await migrator.run('migrate', off)
    expect(verdict(report)).toBe(expected)
    expect(await tries(database)).toBe(2)
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'session-ended',
      message: expect.stringMatching(
        /^the file seems to end its own session: .*terminating connection due to administrator command \(2 times, in the same statement\)$/,
      ),
      hint: expect.stringContaining('pg_terminate_backend'),
      statement: 2,
      position: { line: begins === '' ? 2 : 3 },
    })
    expect(makeAdvice(report, (text) => text).join(' ')).not.toContain('need not change')
    const [row] = await database.query(
      'select status, error_message from devflow.schema_migrations where version = $1',
      ['02'],
    )
    expect(row).toMatchObject({ error_message: expect.stringContaining('seems to end its own session') })
  })

  it('is told to be lost where somebody ended two sessions in one statement, not as soon, and the third goes through', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': ENDS })
    await migrator.run('migrate', off)
    await migrator.write('02_b.sql', `select nextval('tries'), wait();\ninsert into t values (2);`)
    await database.query(`create function wait() returns int language plpgsql as $$ begin
      perform pg_sleep(case when (select last_value from tries) < 3 then 60 else 0 end); return 1; end $$`)
    const running = migrator.run('migrate', off)
    for (const times of [1, 2]) {
      await until(async () => (await tries(database)) === times)
      await sleep(times === 1 ? 8_000 : 500)
      await endWhileAsleep(database, 1)
    }
    expect(verdict(await running)).toBe('0 applied: 02 applied')
    expect(await database.query('select n from t')).toEqual([{ n: 2 }])
  })

  it('is told to be lost where the sessions ended in different statements, and the third goes through', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': ENDS })
    await migrator.run('migrate', off)
    await migrator.write(
      '02_b.sql',
      `select pg_sleep(case nextval('tries') when 1 then 60 else 0 end);
select pg_sleep(case nextval('tries') when 3 then 60 else 0 end);
insert into t values (2);`,
    )
    const running = migrator.run('migrate', off)
    await endWhileAsleep(database, 2)
    expect(verdict(await running)).toBe('0 applied: 02 applied')
    expect(await database.query('select n from t')).toEqual([{ n: 2 }])
  })

  it('in a procedure that may have committed is never sent again', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': ENDS })
    await migrator.run('migrate', off)
    await migrator.write('02_b.sql', '-- devflow:no-transaction\ncall ends_p();')
    const report = await migrator.run('migrate', off)
    expect(verdict(report)).toBe('1 unknown: 02 unknown')
    expect(report.outcomes[0]?.failure?.code).toBe('DF007')
  })
})
