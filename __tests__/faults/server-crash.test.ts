import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aCuttingProxy } from '../programs/a-cutting-proxy.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aRestartableServer, type RestartableServer } from './a-restartable-server.js'
import { crash, stopWriter } from './crash.js'
import { letGo, WAITS } from './let-go.js'

/** The last is at work when the others are committed, of which a crash takes all that they did. */
const FILES = {
  '01_ledger.sql': 'create table ledger (file text);',
  '02_b.sql': "create table b (file text);\ninsert into b values ('02');",
  '03_c.sql': "create table c (file text);\ninsert into c values ('03');",
  '04_d.sql': `${WAITS}\ninsert into ledger values ('04');`,
}

const counted = (server: RestartableServer) =>
  server.query<{ file: string; times: number }>(
    'select file, count(*)::int as times from (table ledger union all table b union all table c) files group by 1 order by 1',
  )

const applied = (server: RestartableServer) =>
  server.query<{ version: string; times: number }>(
    "select version, count(*)::int as times from devflow.migration_history where event = 'applied' group by 1 order by 1",
  )

eachMajor('a server that crashes while the last of many files is at work', (major) => {
  it('has lost what only that one would have waited for: it is applied again, once, and then waited for', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, FILES)
    let writer = await stopWriter(server)
    const told: string[] = []
    const crashes: Promise<void>[] = []
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'taken-back') told.push(`taken back from ${event.index} on: ${event.count}`)
      if (event.kind !== 'applied') return
      told.push(`${event.outcome.version} ${event.outcome.state}`)
      if (event.index === 3 && crashes.length < 2) crashes.push(crash(server, writer))
    }
    const run = migrator.run('migrate', { given: { rehearse: 'off' }, system: { observe } })
    const second = async () => {
      while (crashes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      await crashes[0]
      writer = await stopWriter(server)
      await until(async () => crashes.length === 2)
      await crashes[1]
      return letGo(server)
    }
    const [report, going] = await Promise.all([run, second()])
    await using _going = going
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied')
    const three = ['01 applied', '02 applied', '03 applied']
    expect(told).toEqual([...three, 'taken back from 1 on: 3', ...three, '04 applied'])
    const [versions, files] = [
      ['01', '02', '03', '04'],
      ['02', '03', '04'],
    ]
    expect(await applied(server)).toEqual(versions?.map((version) => ({ version, times: 1 })))
    expect(await counted(server)).toEqual(files?.map((file) => ({ file, times: 1 })))
    expect((await migrator.run('verify')).exitCode).toBe(0)
    expect(crashes).toHaveLength(2)
  })

  it('has lost it as well where only the connection was lost before', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, FILES)
    const writer = await stopWriter(server)
    const told: string[] = []
    let ended: Promise<unknown> | undefined
    let crashed: Promise<unknown> | undefined
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'devflow%'`
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
      if (event.kind === 'applying') told.push(event.name)
      const atLast = told.filter((name) => name === '04_d.sql').length
      if (event.kind === 'applying' && event.index === 4 && atLast === 1) ended = server.query(end)
      if (event.kind === 'applying' && event.index === 4 && atLast === 2)
        crashed = new Promise((resolve) => setTimeout(resolve, 500)).then(() => crash(server, writer))
    }
    const running = migrator.run('migrate', { given: { rehearse: 'off' }, system: { observe } })
    await until(async () => crashed !== undefined)
    await crashed
    await using _going = await letGo(server)
    const report = await running
    await ended
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied')
    const files = Object.keys(FILES)
    expect(told).toEqual([...files, '04_d.sql', '3 from 1', ...files])
    expect(await counted(server)).toEqual(['02', '03', '04'].map((file) => ({ file, times: 1 })))
  })

  it('keeps what it would not have taken with a commit: a file that makes such is waited for', async () => {
    await using server = await aRestartableServer(major)
    const outside = `${FILES['02_b.sql']}\nselect pg_create_physical_replication_slot('made');`
    await using migrator = await aMigrator(server.url, { ...FILES, '02_b.sql': outside })
    const writer = await stopWriter(server)
    const told: string[] = []
    let done: Promise<void> | undefined
    const observe = (event: ProgressEvent) => {
      if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
      if (event.kind === 'applied' && event.index === 3) done ??= crash(server, writer)
    }
    const running = migrator.run('migrate', { given: { rehearse: 'off' }, system: { observe } })
    await until(async () => done !== undefined)
    await done
    await using _going = await letGo(server)
    const report = await running
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied')
    expect(told).toEqual(['1 from 3'])
    expect(await counted(server)).toEqual(['02', '03', '04'].map((file) => ({ file, times: 1 })))
  })

  it('keeps what a run told to be applied, whatever the last file set', async () => {
    await using server = await aRestartableServer(major)
    const last = "set local synchronous_commit = off;\ninsert into ledger values ('04');"
    await using migrator = await aMigrator(server.url, { ...FILES, '04_d.sql': last })
    const writer = await stopWriter(server)
    // Without what is written after the last file.
    const off = { database: { environments: { test: { 'schema-drift': 'off' } } } }
    await migrator.project.write('devflow.yml', JSON.stringify(off))
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.exitCode).toBe(0)
    await crash(server, writer)
    expect(await counted(server)).toEqual(['02', '03', '04'].map((file) => ({ file, times: 1 })))
  })

  it('has lost what came before a failure that it has not recorded: both are done again', async () => {
    await using server = await aRestartableServer(major)
    await using migrator = await aMigrator(server.url, { ...FILES, '04_d.sql': 'select 1/0;' })
    const writer = await stopWriter(server)
    const meanwhile = () => crash(server, writer)
    await using proxy = await aCuttingProxy(server.url, 'ROLLBACK;', 'ROLLBACK', false, meanwhile)
    const told: string[] = []
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: {
        observe: (event) => event.kind === 'taken-back' && told.push(`${event.count} from ${event.index}`),
      },
    })
    expect(proxy.cuts()).toBe(1)
    expect(told).toEqual(['3 from 1'])
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 applied, 03 applied, 04 failed')
    expect(report.outcomes[3]?.failure).toMatchObject({ code: '22012', message: 'division by zero' })
    expect(await counted(server)).toEqual(['02', '03'].map((file) => ({ file, times: 1 })))
    expect(await server.query("select status from devflow.schema_migrations where version = '04'")).toEqual([
      { status: 'failed' },
    ])
  })
})
