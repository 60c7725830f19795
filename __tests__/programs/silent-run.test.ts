import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aMigrator, verdict } from './a-migrator.js'
import { aSilentProxy } from './a-silent-proxy.js'

const FILES = {
  '01_a.sql': 'create table a (n int);',
  '02_b.sql': 'select pg_sleep(4);\ncreate table b (n int);',
}

/** Ends the process that works on the files, as the server does with one that nobody answers to any more. */
async function endWorker({ query, name }: TestDatabase) {
  return query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`,
    [name],
  )
}

it('a connection that falls silent is given up once the server has ended its process, and the run goes on', async () => {
  await using database = await aDatabase()
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
