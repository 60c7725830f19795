import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { UserError } from '../../src/model/user-error.js'
import { loadConfig } from '../../src/programs/load-config.js'
import { migrate } from '../../src/programs/migrate.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aDeafProxy } from './a-deaf-proxy.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aProxy } from './a-proxy.js'

const CUT_WITHIN =
  "do $$ begin raise notice 'cut it here'; perform pg_sleep(1.5); end $$;\ncreate table e (n int);"
const CUT_BEHIND = 'create table e (n int);'
const NEXT = '-- devflow:no-transaction\nvacuum a;'
const OFF = { rehearse: 'off' }

const many = Object.fromEntries(
  Array.from({ length: 25 }, (_, n) => [`${100 + n}_t.sql`, `create table t${n} (n int);`]),
)
const one = { '01_a.sql': 'create table a (n int);' }

/** Asks the run to end as soon as an event of a kind is told of. */
function endingAt(isMoment: (event: ProgressEvent) => boolean) {
  const controller = new AbortController()
  let asked = 0
  const observe = (event: ProgressEvent) => {
    if (asked > 0 || !isMoment(event)) return
    asked = performance.now()
    controller.abort('SIGTERM')
  }
  return { system: { signal: controller.signal, observe }, tookMs: () => performance.now() - asked }
}

/** A server may take a second to notice that a client is gone, and more where it is busy. */
async function endSessions({ query, name }: TestDatabase) {
  const others = 'from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()'
  await query(`select pg_terminate_backend(pid, 20000) ${others}`, [name])
}

async function locks({ query, name }: TestDatabase) {
  return query(
    `select 1 from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and a.datname = $1`,
    [name],
  )
}

describe('history that is read again', () => {
  it.each([
    ['on a fresh connection', one],
    ['on one that was opened early', many],
  ])('%s which falls silent is read on another', async (_, files) => {
    await using database = await aDatabase()
    await using proxy = await aDeafProxy(database.url, 'silent', 1)
    await using migrator = await aMigrator(proxy.url, files)
    const report = await migrator.run('migrate', { given: OFF, system: { answerWithinMs: 500 } })
    expect([proxy.struck(), report.exitCode, report.status, report.ready]).toEqual([1, 0, 'applied', true])
  })

  it.each([
    ['another text', "checksum = 'sha256:x'"],
    ['another state', "status = 'failed'"],
  ])('and tells of %s leaves it unknown what was applied', async (_, set) => {
    await using database = await aDatabase()
    let connections = 0
    await using proxy = await aProxy(database.url, async (client, openRemote) => {
      // Between the last answer and the connection that history is read on.
      if (++connections === 2) await database.query(`update devflow.schema_migrations set ${set}`)
      const remote = openRemote()
      client.on('data', (data) => remote.write(data))
      remote.on('data', (data) => client.write(data))
    })
    await using migrator = await aMigrator(proxy.url, one)
    const report = await migrator.run('migrate', { given: OFF })
    expect([connections, verdict(report)]).toEqual([2, '1 unknown: 01 unknown'])
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'DF006',
      message: expect.stringContaining('a fresh connection does not see it completed in history'),
    })
  })

  it('and never answers leaves it unknown what was applied', async () => {
    await using database = await aDatabase()
    await using proxy = await aDeafProxy(database.url, 'silent')
    await using migrator = await aMigrator(proxy.url, one)
    const system = { answerWithinMs: 200, reconnectWithinMs: 300 }
    const report = await migrator.run('migrate', { given: OFF, system })
    expect(verdict(report)).toBe('1 unknown: 01 unknown')
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'DF006',
      message: expect.stringContaining('history could not be read again'),
    })
  })

  it.each([
    ['is told not to be had while another has the lock', 'for good'],
    ['shows what was told to be committed and is not there', 'until it is read'],
  ])('under the lock, after a connection was lost for good, %s', async (_, held) => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, {
      ...one,
      '02_b.sql': 'create table b (n int);',
      '03_c.sql': "do $$ begin raise notice 'end it here'; perform pg_sleep(20); end $$;",
      '04_d.sql': 'create table d (n int);',
    })
    await using holder = await aClient(database.url)
    let taken: Promise<unknown> | undefined
    const take = async () => {
      const [ours] = await database.query<{ pid: number; key: string }>(
        `select l.pid, (classid::bigint << 32 | objid::bigint)::text as key from pg_locks l join pg_stat_activity a using (pid)
        where locktype = 'advisory' and a.datname = $1`,
        [database.name],
      )
      const locked = holder.query(`select pg_advisory_lock(${ours?.key})`)
      // As a crash takes what was not on the disk.
      await database.query('drop table b; delete from devflow.schema_migrations where version = $$02$$')
      await database.query(`select pg_terminate_backend(${ours?.pid})`)
      await locked
    }
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'notice' && event.message.includes('end it here')) taken ??= take()
      if (event.kind === 'stage' && event.stage === 'verify' && held !== 'for good')
        void holder.query('select pg_advisory_unlock_all()')
    }
    const report = await migrator.run('migrate', {
      given: { ...OFF, 'lock-wait': '1s' },
      system: { observe, reconnectWithinMs: 300 },
    })
    await taken
    const failures = report.outcomes.map(({ failure }) => failure?.message ?? '')
    if (held === 'for good') {
      expect(verdict(report)).toBe('1 unknown: 01 unknown, 02 unknown, 03 unknown, 04 unknown')
      const why = 'Another run holds the lock of this target: process \\d+ '
      expect(failures[0]).toMatch(new RegExp(`could not be read again: ${why}`))
    } else {
      expect(verdict(report)).toBe('1 partial: 01 applied, 02 not-run, 03 failed, 04 not-run')
      expect(failures).toEqual(['', '', expect.stringContaining('terminating connection'), ''])
      expect(report.notes).toContainEqual(
        expect.stringContaining('The server said of 02 that it is committed'),
      )
    }
  })

  it('is not waited for by a run that is asked to end', async () => {
    await using database = await aDatabase()
    await using proxy = await aDeafProxy(database.url, 'silent')
    await using migrator = await aMigrator(proxy.url, one)
    const { system, tookMs } = endingAt((event) => event.kind === 'stage' && event.stage === 'verify')
    const report = await migrator.run('migrate', { given: OFF, system })
    expect(verdict(report)).toBe('143 unknown: 01 unknown')
    expect(report.outcomes[0]?.failure?.code).toBe('DF006')
    expect(tookMs()).toBeLessThan(5_000)
  })

  it('pauses before it is asked for once more on another connection', async () => {
    await using database = await aDatabase()
    await using proxy = await aDeafProxy(database.url, 'cut')
    await using migrator = await aMigrator(proxy.url, one)
    const report = await migrator.run('migrate', { given: OFF, system: { reconnectWithinMs: 1_000 } })
    expect(verdict(report)).toBe('1 unknown: 01 unknown')
    expect(proxy.struck()).toBeLessThanOrEqual(5)
  })
})

describe('a run that loses its connection and is asked to end', () => {
  it.each([
    ['committed', CUT_BEHIND, ['create table e', 'COMMIT'], '143 cancelled: 02 applied, 03 not-run'],
    ['rolled back', CUT_WITHIN, ['cut it here', 'cut it here'], '143 cancelled: 02 failed, 03 not-run'],
    [
      'begun outside a transaction',
      `-- devflow:no-transaction\n${CUT_WITHIN}`,
      ['cut it here', 'cut it here'],
      '143 unknown: 02 unknown, 03 not-run',
    ],
  ] as const)('tells what was %s', async (_, sql, [asked, answered], expected) => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.run('migrate')
    await migrator.write('02_e.sql', sql)
    await migrator.write('03_f.sql', NEXT)
    await using proxy = await aCuttingProxy(database.url, asked, answered, false, () => endSessions(database))
    const { system, tookMs } = endingAt(({ kind }) => kind === 'reconnecting')
    const report = await migrator.run('migrate', {
      given: OFF,
      variables: { DATABASE_URL: proxy.url },
      system,
    })
    expect(verdict(report)).toBe(expected)
    expect(tookMs()).toBeLessThan(5_000)
  })

  it('tells what was sent with what was rolled back as not run', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.run('migrate')
    await migrator.write('02_e.sql', CUT_WITHIN)
    await migrator.write('03_f.sql', 'create table f (n int);')
    const proxied = [database.url, 'cut it here', 'cut it here', false] as const
    await using proxy = await aCuttingProxy(...proxied, () => endSessions(database))
    const { system } = endingAt(({ kind }) => kind === 'reconnecting')
    const variables = { DATABASE_URL: proxy.url }
    const report = await migrator.run('migrate', { given: OFF, variables, system })
    expect(verdict(report)).toBe('143 cancelled: 02 failed, 03 not-run')
  })

  it('before it came to a file that is done in part tells that it is', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.write('02_b.sql', 'insert into a values (2);\nvacuum a;\nselect 1 / 0;\n')
    expect(verdict(await migrator.run('migrate', { given: OFF }))).toBe('1 partial: 01 applied, 02 partial')
    await using other = await aClient(database.url)
    await other.query('begin')
    await other.query("select from devflow.schema_migrations where version = '02' for update")
    const controller = new AbortController()
    const running = migrator.run('migrate', { given: OFF, system: { signal: controller.signal } })
    const waiting = `from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`
    await until(async () => (await database.query(`select ${waiting}`, [database.name])).length > 0)
    controller.abort('SIGTERM')
    await database.query(`select pg_terminate_backend(pid) ${waiting}`, [database.name])
    expect(verdict(await running)).toBe('143 partial: 02 partial')
  })
})

describe('a run that connects again', () => {
  it('waits for the lock of its own lost connection, with lock-wait 0 too', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.run('migrate')
    await migrator.write('02_e.sql', CUT_WITHIN)
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here')
    const report = await migrator.run('migrate', {
      given: { ...OFF, 'lock-wait': '0s' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, '0 applied: 02 applied'])
  })

  it('leaves neither session nor lock when an error of ours ends it', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.run('migrate')
    await migrator.write('02_e.sql', CUT_BEHIND)
    await using proxy = await aCuttingProxy(database.url, 'create table e', 'COMMIT')
    let isAgain = false
    const observe = ({ kind }: ProgressEvent) => {
      isAgain ||= kind === 'reconnecting'
      if (isAgain && kind === 'applied') throw new Error('an error of ours')
    }
    const report = await migrator.run('migrate', {
      given: OFF,
      variables: { DATABASE_URL: proxy.url },
      system: { observe },
    })
    expect(JSON.stringify(report.problems)).toContain('an error of ours')
    await until(async () => (await locks(database)).length === 0)
  })
})

describe('tracking tables that somebody holds', () => {
  it('are waited for as a migration is', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    await migrator.run('migrate')
    await migrator.write('02_f.sql', NEXT)
    await database.query('delete from devflow.target_identity')
    await using other = await aClient(database.url)
    await other.query('begin')
    await other.query('lock table devflow.target_identity in share mode')
    const running = migrator.run('migrate', { given: { ...OFF, 'lock-timeout': '200ms' } })
    await until(async () => migrator.events.some(({ kind }) => kind === 'retrying'))
    await other.query('rollback')
    expect(verdict(await running)).toBe('0 applied: 02 applied')
  })
})

describe('an operation that is done', () => {
  it('is not done once more because a connection is lost after it', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, one)
    const config = await loadConfig({
      entry: 'cli',
      given: { command: 'rollback', environment: 'test', steps: '1' },
      variables: { DATABASE_URL: database.url },
      folder: migrator.project.path,
      ci: true,
      verbose: false,
    })
    let times = 0
    const report = await migrate(
      config,
      { observe: () => {}, now: () => new Date() },
      new Date(),
      async (run) => {
        times++
        run.gathered.operation = { steps: [{ what: 'undo 01_a.sql', version: '01', state: 'done' }] }
        await run.session.send('select pg_terminate_backend(pg_backend_pid());')
        throw new UserError([{ message: 'The connection was lost.', help: 'Run again.' }])
      },
    )
    expect([times, report.exitCode]).toEqual([1, 2])
  })
})
