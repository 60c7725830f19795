import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, type Migrator } from './a-migrator.js'

const FILES = {
  '01_a.sql': 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;',
  '02_b.sql':
    '-- devflow:no-transaction\nCREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY i ON b (id);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\nDROP TABLE b;',
}

const back = { to: '0', rehearse: 'off' }

function told({ exitCode, status, operation }: Report): string {
  return `${exitCode} ${status}: ${operation?.steps.map(({ version, state }) => `${version} ${state}`).join(', ')}`
}

async function happened(migrator: Migrator): Promise<string> {
  const { events, records } = await migrator.run('history')
  const rows = records.map(({ version, status }) => `${version} ${status}`).sort()
  const counted = events.filter(({ event }) => event === 'rolled-back' || event === 'repaired')
  return `${rows.join(', ')}; ${counted.length}`
}

describe('a connection that is lost', () => {
  it.each([
    ['after a rollback was committed', "SET status = 'rolled_back'", 'COMMIT'],
    ['in a statement outside of a transaction', 'DROP INDEX CONCURRENTLY', 'DROP INDEX'],
    ['as a rollback begins', 'WITH begun', 'BEGIN'],
  ])('%s is made good in the same run', async (_, asked, answered) => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await using proxy = await aCuttingProxy(database.url, asked, answered)
    const report = await migrator.run('rollback', { given: back, variables: { DATABASE_URL: proxy.url } })
    expect([proxy.cuts(), told(report)]).toEqual([1, '0 applied: 02 done, 01 done'])
    expect(await happened(migrator)).toBe('01 rolled_back, 02 rolled_back; 2')
    const verified = await migrator.run('verify')
    expect(verified.findings).toEqual([])
  })

  it('for good, in a rollback, leaves it unknown what is undone, and the next one goes on', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await using proxy = await aCuttingProxy(database.url, 'DROP INDEX CONCURRENTLY', 'DROP INDEX', true)
    const report = await migrator.run('rollback', {
      given: back,
      variables: { DATABASE_URL: proxy.url },
      system: { reconnectWithinMs: 300 },
    })
    expect(told(report)).toBe('1 unknown: 02 unknown, 01 not-run')
    expect(told(await migrator.run('rollback', { given: back }))).toBe('0 applied: 02 done, 01 done')
    expect(await happened(migrator)).toBe('01 rolled_back, 02 rolled_back; 2')
  })

  it.each([
    [false, '0 applied: 01 done, 02 done'],
    [true, '1 unknown: 01 unknown, 02 unknown'],
  ])('after a repair was committed (for good: %j) does nothing twice', async (forGood, expected) => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await using proxy = await aCuttingProxy(database.url, "'repaired'", 'COMMIT', forGood)
    const given = { applied: '01,02', reason: 'a test' }
    const report = await migrator.run('repair', {
      given,
      variables: { DATABASE_URL: proxy.url },
      system: { reconnectWithinMs: 300 },
    })
    expect([proxy.cuts(), told(report)]).toEqual([1, expected])
    expect(await happened(migrator)).toBe('01 completed, 02 completed; 2')
    expect((await migrator.run('repair', { given })).status).toBe('up-to-date')
  })

  it('before a repair of the other table was committed is made good, although our row is as it was', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url)
    await migrator.project.write('supabase/migrations/20260101000000_a.sql', 'CREATE TABLE a (id int);')
    await migrator.run('migrate')
    const theirs = 'supabase_migrations.schema_migrations'
    await database.query(`DELETE FROM ${theirs}`)
    await using other = await aClient(database.url)
    await other.query('BEGIN')
    await other.query(`LOCK TABLE ${theirs} IN EXCLUSIVE MODE`)
    const repairing = migrator.run('repair', { given: { applied: '20260101000000', reason: 'a test' } })
    await until(async () => {
      const killed = await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
         AND wait_event_type = 'Lock' AND query LIKE '%BEGIN READ WRITE%'`,
      )
      return killed.length > 0
    })
    await other.query('ROLLBACK')
    expect(told(await repairing)).toBe('0 applied: 20260101000000 done')
    expect(await database.query(`SELECT version FROM ${theirs}`)).toEqual([{ version: '20260101000000' }])
    expect(await happened(migrator)).toBe('20260101000000 completed; 1')
  })

  it('before a repair was committed is made good: nothing of it was there', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await using other = await aClient(database.url)
    await other.query('BEGIN')
    await other.query('LOCK TABLE devflow.schema_migrations IN EXCLUSIVE MODE')
    const repairing = migrator.run('repair', { given: { reverted: '02', reason: 'a test' } })
    await until(async () => {
      const killed = await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
         AND wait_event_type = 'Lock' AND query LIKE '%repaired%'`,
      )
      return killed.length > 0
    })
    await other.query('ROLLBACK')
    expect(told(await repairing)).toBe('0 applied: 02 done')
    expect(await happened(migrator)).toBe('01 completed, 02 rolled_back; 1')
  })
})
