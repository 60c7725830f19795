import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aGatedProxy } from '../programs/a-gated-proxy.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aRestartableServer } from './a-restartable-server.js'
import { crash, stopWriter } from './crash.js'
import { letGo, WAITS } from './let-go.js'

/** A crash takes all that the first three do. */
const FILES = {
  '01_ledger.sql': 'create table ledger (file text);',
  '02_b.sql': "create table b (file text);\ninsert into b values ('02');",
  '03_c.sql': "create table c (file text);\ninsert into c values ('03');",
  '04_d.sql': `${WAITS}\ninsert into ledger values ('04');`,
}
const ALL = 'select file from b union all select file from c union all select file from ledger order by 1'
const files = (...names: readonly string[]) => names.map((file) => ({ file }))
const off = { rehearse: 'off' } as const

describe('a file that runs into a limit on PostgreSQL 18', () => {
  it('is not what fails in place of those that a crash took before the next connection: they are sent again', async () => {
    await using server = await aRestartableServer(18)
    const limited = { '04_d.sql': `-- devflow:transaction-timeout=2s\n${FILES['04_d.sql']}` }
    await using migrator = await aMigrator(server.url, { ...FILES, ...limited, '05_e.sql': 'select 1;' })
    const writer = await stopWriter(server)
    await using proxy = await aGatedProxy(server.url)
    const told: string[] = []
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'reconnecting') proxy.after(() => crash(server, writer))
      if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
    }
    const variables = { DATABASE_URL: proxy.url }
    const report = await migrator.run('migrate', { given: off, variables, system: { observe } })
    expect(told).toEqual(['3 from 1'])
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 applied, 03 applied, 04 failed, 05 not-run')
    expect(report.outcomes[3]?.failure?.code).toBe('25P04')
    expect(await server.query(ALL)).toEqual(files('02', '03'))
  })

  it('is not what fails where another run has applied it meanwhile, nor is the one behind it', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, { ...FILES, '05_e.sql': 'select 1;' })
    await using proxy = await aGatedProxy(database.url)
    const done: string[] = []
    const other = async () => {
      await using _going = await letGo(database)
      const given = { ...off, to: '04' }
      done.push(verdict(await migrator.run('migrate', { given })))
    }
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'reconnecting') proxy.after(other)
    }
    const report = await migrator.run('migrate', {
      given: { ...off, 'transaction-timeout': '2s' },
      variables: { DATABASE_URL: proxy.url },
      system: { observe },
    })
    expect(done).toEqual(['0 applied: 04 applied'])
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied, 05 applied')
    expect(
      await database.query("select version from devflow.migration_history where event = 'failed'"),
    ).toEqual([])
  })
})

eachMajor('a connection that is lost three times', (major) => {
  it('while one file is at work, is not held against those that the last time has taken', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, FILES)
    const writer = await stopWriter(server)
    const told: string[] = []
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
    }
    await using proxy = await aGatedProxy(server.url)
    const variables = { DATABASE_URL: proxy.url }
    const running = migrator.run('migrate', { given: off, variables, system: { observe } })
    const seen = new Set<unknown>()
    for (const end of [proxy.cut, proxy.cut, () => crash(server, writer)]) {
      await until(async () => {
        const asleep = "select pid from pg_stat_activity where wait_event = 'PgSleep'"
        const [row] = (await server.query<{ pid: number }>(asleep)).filter(({ pid }) => !seen.has(pid))
        seen.add(row?.pid)
        return row !== undefined
      })
      await end()
    }
    await using _going = await letGo(server)
    expect(verdict(await running)).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied')
    expect(told).toEqual(['3 from 1'])
    expect(await server.query(ALL)).toEqual(files('02', '03', '04'))
  })
})
