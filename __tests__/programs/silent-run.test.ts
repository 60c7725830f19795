import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aSilentProxy } from './a-silent-proxy.js'
import { aSwallowingProxy } from './a-swallowing-proxy.js'

const FILES = {
  '01_a.sql': 'create table a (n int);',
  '02_b.sql': 'select pg_sleep(seconds) from pace;\ncreate table b (n int);',
}

/** Ends the process that works on the files, as the server does with one that nobody answers to any more. */
async function endWorker({ query, name }: TestDatabase) {
  await query('update pace set seconds = 0')
  await query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`,
    [name],
  )
}

it('a connection that falls silent is given up once the server has ended its process, and the run goes on', async () => {
  await using database = await aDatabase()
  await database.query('create table pace as select 60 as seconds')
  await using proxy = await aSilentProxy(database.url)
  await using migrator = await aMigrator(proxy.url, FILES)
  const reasons: string[] = []
  let looked = 0
  const report = await migrator.run('migrate', {
    given: { rehearse: 'off' },
    system: {
      observe: (event) => {
        if (event.kind === 'reconnecting') reasons.push(event.reason)
        if (event.kind !== 'watching' || ++looked !== 1) return
        proxy.silence()
        void endWorker(database)
      },
    },
  })
  expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
  expect(reasons).toEqual([
    expect.stringContaining(
      '02_b.sql was being applied: the server has ended the session, and no word of it came through',
    ),
  ])
  expect(await database.query('select count(*)::int as n from b')).toEqual([{ n: 0 }])
})

it('a process that is at work is waited for, however long nothing comes of it', async () => {
  await using database = await aDatabase()
  await using migrator = await aMigrator(database.url, {
    '01_slow.sql': 'select pg_sleep(4.5);\ncreate table slow (n int);',
  })
  const reasons: string[] = []
  const report = await migrator.run('migrate', {
    given: { rehearse: 'off' },
    system: { observe: (event) => event.kind === 'reconnecting' && reasons.push(event.reason) },
  })
  expect([verdict(report), reasons]).toEqual(['0 applied: 01 applied', []])
})

const THREE = {
  '01_t.sql': 'create table t (n int);',
  '02_i.sql': '-- devflow: no-transaction\ncreate index concurrently t_n on t (n);\nvacuum t;',
  '03_u.sql': 'create table u (n int);',
}

eachMajor('a message that falls silent, the server having ended its process,', (major) => {
  /** A run of which the nth message is swallowed. */
  async function runWithout(nth: number, given: Readonly<Record<string, string>>) {
    await using database = await aDatabase({ major })
    await using proxy = await aSwallowingProxy(database.url, nth)
    await using migrator = await aMigrator(proxy.url, THREE)
    const started = Date.now()
    const report = await migrator.run('migrate', { given })
    const told = migrator.events.flatMap((event) => (event.kind === 'reconnecting' ? [event.reason] : []))
    return { verdict: verdict(report), told, seconds: (Date.now() - started) / 1_000, count: proxy.count() }
  }

  it.each(major === 15 ? ['off'] : ['off', 'target'])(
    'is found out whichever it is, and the run goes on (rehearse: %s)',
    async (rehearse) => {
      const { count, ...whole } = await runWithout(0, { rehearse })
      expect(whole).toMatchObject({ verdict: '0 applied: 01 applied, 02 applied, 03 applied', told: [] })
      const each = Array.from({ length: count }, (_, index) => index + 1)
      const runs = await Promise.all(each.map((nth) => runWithout(nth, { rehearse })))
      for (const [index, run] of runs.entries()) {
        expect([index + 1, run.verdict]).toEqual([index + 1, whole.verdict])
        // The system itself finds out after a quarter of an hour.
        expect(run.seconds).toBeLessThan(100)
      }
      expect(runs.flatMap(({ told }) => told).join()).toContain('no word of it came through')
    },
    120_000,
  )
})
