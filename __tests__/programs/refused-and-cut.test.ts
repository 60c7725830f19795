import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aProxy, type TestProxy } from './a-proxy.js'

const FILES = {
  '01_a.sql': 'create table a (n int);',
  '02_b.sql': '-- devflow:no-transaction\nselect 1 / 0;',
}
const ASLEEP = '-- devflow:no-transaction\nselect pg_sleep(60);'

/** What is sent of a record of ours, and of no file. */
const REFUSED = 'division by zero'
const CANCELLED = 'canceling statement due to user request'

/** Cuts the connection once, at a message that the server does not get any more. */
async function cutBefore(
  { url, query, name }: TestDatabase,
  text: string,
  meanwhile?: string,
): Promise<TestProxy> {
  let cut: Promise<unknown> | undefined
  return aProxy(url, async (client, openRemote) => {
    await cut
    const remote = openRemote()
    remote.on('data', (data) => client.write(data))
    client.on('data', (data) => {
      if (cut || !data.toString('latin1').includes(text)) return remote.write(data)
      client.destroy()
      remote.destroy()
      const others = 'from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()'
      const ended = query(`select pg_terminate_backend(pid, 20000) ${others}`, [name])
      cut = meanwhile === undefined ? ended : ended.then(() => query(meanwhile))
    })
  })
}

async function recordOf({ query }: TestDatabase) {
  return query(`select status, (select count(*)::int from devflow.migration_history h
    where h.version = m.version and event = 'failed') as events from devflow.schema_migrations m where version = '02'`)
}

eachMajor('a file outside a transaction that the server refuses', (major) => {
  it.each([
    ['before that is sent', (database: TestDatabase) => cutBefore(database, REFUSED)],
    ['when it is', ({ url }: TestDatabase) => aCuttingProxy(url, REFUSED, 'COMMIT')],
  ])('is recorded as failed, once, where the connection is lost %s', async (_, open) => {
    await using database = await aDatabase({ major })
    await using proxy = await open(database)
    await using migrator = await aMigrator(database.url, FILES)
    const variables = { DATABASE_URL: proxy.url }
    const report = await migrator.run('migrate', { given: { rehearse: 'off' }, variables })
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed')
    expect(report.outcomes[1]?.failure).toMatchObject({ code: '22012', message: REFUSED })
    expect(await recordOf(database)).toEqual([{ status: 'failed', events: 1 }])
    expect(migrator.events.find(({ kind }) => kind === 'reconnecting')).toMatchObject({
      reason: 'the connection was lost before the failure was recorded',
    })
  })

  it('leaves its row as another run has it that came further while the connection was lost', async () => {
    await using database = await aDatabase({ major })
    const further = `update devflow.schema_migrations set status = 'partial', statements_done = 1,
      journal = '{"done":1,"digest":"theirs"}', applied_at = clock_timestamp() where version = '02'`
    await using proxy = await cutBefore(database, REFUSED, further)
    await using migrator = await aMigrator(database.url, FILES)
    const variables = { DATABASE_URL: proxy.url }
    const report = await migrator.run('migrate', { given: { rehearse: 'off' }, variables })
    expect(verdict(report)).not.toContain('02 failed')
    expect(
      await database.query("select status, journal from devflow.schema_migrations where version = '02'"),
    ).toEqual([{ status: 'partial', journal: '{"done":1,"digest":"theirs"}' }])
    expect(await recordOf(database)).toEqual([{ status: 'partial', events: 0 }])
  })

  it('because the run is asked to end, is told as its record has it where the connection is lost before it is written', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await cutBefore(database, CANCELLED)
    await using migrator = await aMigrator(database.url, { '01_a.sql': FILES['01_a.sql'] })
    await migrator.run('migrate')
    await migrator.write('02_b.sql', ASLEEP)
    const controller = new AbortController()
    const running = migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: { signal: controller.signal },
    })
    const asleep = `select from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`
    await until(async () => (await database.query(asleep, [database.name])).length > 0)
    controller.abort('SIGTERM')
    const report = await running
    expect(verdict(report)).toBe('143 unknown: 02 unknown')
    expect(report.outcomes[0]?.failure?.message).toContain(CANCELLED)
    expect(await recordOf(database)).toEqual([{ status: 'running', events: 0 }])
  })
})
