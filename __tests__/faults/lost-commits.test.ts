import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aGatedProxy } from '../programs/a-gated-proxy.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aRestartableServer, type RestartableServer } from './a-restartable-server.js'
import { crash, stopWriter } from './crash.js'
import { letGo, WAITS, waitsFor } from './let-go.js'

const off = { rehearse: 'off' } as const
const NEVER_WAITS = 'alter database postgres set synchronous_commit = off'
/** A crash takes all that those before the last did. */
const FILES = {
  '01_a.sql': 'create table a (n int);\n-- migrate:down\ndrop table a;',
  '02_b.sql': 'create table b (n int);\n-- migrate:down\ndrop table b;',
  '03_c.sql': `${WAITS}\ncreate table c (n int);\n-- migrate:down\ndrop table c;`,
}

/** A backend that sleeps, and is not one of those. */
async function asleep(server: RestartableServer, ...others: readonly unknown[]): Promise<unknown> {
  let found: unknown
  await until(async () => {
    const rows = await server.query<{ pid: number }>(
      "select pid from pg_stat_activity where wait_event = 'PgSleep'",
    )
    found = rows.find(({ pid }) => !others.includes(pid))?.pid
    return found !== undefined
  })
  return found
}

async function tables({ query }: RestartableServer): Promise<string> {
  const rows = await query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  )
  return rows.map(({ name }) => name).join(' ')
}

function takenBack(told: string[]) {
  return (event: ProgressEvent) => {
    if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
  }
}

eachMajor('what a crash took is sent again by the same run', (major) => {
  it('where an earlier run of the same plan has applied it, and it was rolled back', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, FILES)
    const going = await letGo(server)
    const first = await migrator.run('migrate', { given: off })
    await migrator.run('rollback', { given: { ...off, steps: '3' } })
    await going[Symbol.asyncDispose]()
    expect(await tables(server)).toBe('')
    const writer = await stopWriter(server)
    const told: string[] = []
    const running = migrator.run('migrate', { given: off, system: { observe: takenBack(told) } })
    await asleep(server)
    await crash(server, writer)
    await using _going = await letGo(server)
    const second = await running
    expect(second.plan?.hash).toBe(first.plan?.hash)
    expect([told, verdict(second)]).toEqual([['2 from 1'], '0 applied: 01 applied, 02 applied, 03 applied'])
    expect(await tables(server)).toBe('a b c')
  })

  it('where it took the tracking tables too', async () => {
    await using server = await aRestartableServer(major)
    await server.query(NEVER_WAITS)
    await using migrator = await aMigrator(server.url, FILES)
    const writer = await stopWriter(server)
    const told: string[] = []
    const running = migrator.run('migrate', { given: off, system: { observe: takenBack(told) } })
    await asleep(server)
    await crash(server, writer)
    await using _going = await letGo(server)
    expect(verdict(await running)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(told).toEqual(['2 from 1'])
    expect(await tables(server)).toBe('a b c')
  })

  it('where it is undone, and no commit waits', async () => {
    await using server = await aRestartableServer(major)
    // To drop a table waits by itself.
    const undo = (name: string, first = '') =>
      `create table ${name} (n int);\n-- migrate:down\n${first}alter table ${name} rename to ${name}_old;`
    await using migrator = await aMigrator(server.url, {
      '01_a.sql': undo('a', `${WAITS}\n`),
      '02_b.sql': undo('b'),
      '03_c.sql': undo('c'),
    })
    await migrator.run('migrate', { given: off })
    await server.query(NEVER_WAITS)
    const writer = await stopWriter(server)
    const told: string[] = []
    const running = migrator.run('rollback', {
      given: { ...off, steps: '3' },
      system: { observe: takenBack(told) },
    })
    await asleep(server)
    await crash(server, writer)
    await using _going = await letGo(server)
    const { exitCode, operation } = await running
    expect([exitCode, operation?.steps.map(({ state }) => state)]).toEqual([0, ['done', 'done', 'done']])
    expect(told).toEqual(['2 from 1'])
    expect(await tables(server)).toBe('a_old b_old c_old')
  })

  it('where it is the end of a file outside a transaction', async () => {
    await using server = await aRestartableServer(major)
    const outside = `-- devflow:no-transaction\ncreate table b (n int);\n${waitsFor(2)}\ninsert into b values (2);`
    await using migrator = await aMigrator(server.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate', { given: off })
    await server.query(NEVER_WAITS)
    await migrator.write('02_b.sql', outside)
    await migrator.write('03_c.sql', `create table c (n int);\n${WAITS}`)
    const writer = await stopWriter(server)
    const running = migrator.run('migrate', { given: off })
    await asleep(server)
    // What was committed before comes to the disk with it.
    await server.query('begin; set local synchronous_commit = on; create table d (n int); commit')
    const going = await letGo(server, 2)
    await until(async () => (await server.query('select 1 from b')).length === 1)
    await going[Symbol.asyncDispose]()
    await asleep(server)
    await crash(server, writer)
    await using _first = await letGo(server, 2)
    await using _second = await letGo(server)
    expect(verdict(await running)).toBe('0 applied: 02 applied, 03 applied')
    expect(await server.query('select n from b')).toEqual([{ n: 2 }])
  })

  it.each([
    ['in a transaction', ''],
    ['outside of one', '-- devflow:no-transaction\n'],
  ])('where a file %s has let go of the lock, and is not failed before', async (_, begins) => {
    await using server = await aRestartableServer(major)
    if (begins) await server.query(NEVER_WAITS)
    const unlocks = `${begins}do $$ begin perform pg_advisory_unlock_all(); end $$;`
    await using migrator = await aMigrator(server.url, { ...FILES, '03_c.sql': unlocks })
    const writer = await stopWriter(server)
    await using proxy = await aGatedProxy(server.url)
    const told: string[] = []
    const report = await migrator.run('migrate', {
      given: off,
      variables: { DATABASE_URL: proxy.url },
      system: {
        observe: (event) => {
          if (event.kind === 'reconnecting') proxy.after(() => crash(server, writer))
          takenBack(told)(event)
        },
      },
    })
    expect(told).toEqual(['2 from 1'])
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 applied, 03 failed')
    expect(await tables(server)).toBe('a b')
    expect(await server.query('select version, status from devflow.schema_migrations order by 1')).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'completed' },
      { version: '03', status: 'failed' },
    ])
  })
})
