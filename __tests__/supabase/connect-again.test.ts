import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aRestartableServer } from '../faults/a-restartable-server.js'
import { crash, stopWriter } from '../faults/crash.js'
import { aCuttingProxy } from '../programs/a-cutting-proxy.js'
import { aGatedProxy } from '../programs/a-gated-proxy.js'
import { verdict } from '../programs/a-migrator.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aPushing } from './a-pushing-cli.js'
import { bothTables, eventsOf } from './a-supervised.js'

const A = '20260101000000'
const B = '20260102000000'
/** With another limit, and so in a push of its own. */
const FILES = {
  [`${A}_a.sql`]: 'create table a (n int);',
  [`${B}_b.sql`]: '-- devflow:lock-timeout=7s\ncreate table b as select * from a;',
}
const OFF = { rehearse: 'off' }

function isApplied(event: ProgressEvent, version: string): boolean {
  return event.kind === 'applied' && event.outcome.version === version && event.outcome.state === 'applied'
}

eachMajor('a connection that is lost between two pushes', (major) => {
  it.each([
    ['what was pushed', true],
    ['the tracking tables, too,', false],
  ])('by a crash that takes %s has that pushed again', async (_, hasTables) => {
    await using server = await aRestartableServer(major)
    const before = hasTables ? { '20251231000000_o.sql': 'create table o (n int);' } : {}
    if (hasTables) {
      await using earlier = await aPushing(server.url, before)
      await earlier.run('migrate', { given: OFF })
    }
    await server.query('alter database postgres set synchronous_commit = off')
    await using proxy = await aGatedProxy(server.url)
    await using migrator = await aPushing(proxy.url, { ...before, ...FILES })
    const writer = await stopWriter(server)
    const told: string[] = []
    const report = await migrator.run('migrate', {
      given: OFF,
      system: {
        observe: (event) => {
          if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
          if (!isApplied(event, A)) return
          proxy.after(() => crash(server, writer))
          proxy.cut()
        },
      },
    })
    expect([verdict(report), told]).toEqual([`0 applied: ${A} applied, ${B} applied`, ['1 from 1']])
    expect((await bothTables(server)).slice(-2)).toEqual([
      `${A} ours completed, supabase yes`,
      `${B} ours completed, supabase yes`,
    ])
  })

  it('by a restart in the middle of the second has that pushed once more', async () => {
    await using server = await aRestartableServer(major)
    await using proxy = await aGatedProxy(server.url)
    await using migrator = await aPushing(proxy.url, {
      ...FILES,
      [`${B}_b.sql`]: '-- devflow:lock-timeout=7s\nselect pg_sleep(1); create table b as select * from a;',
    })
    let isCut = false
    const report = await migrator.run('migrate', {
      given: OFF,
      system: {
        observe: (event) => {
          if (event.kind !== 'applying' || event.index !== 2 || isCut) return
          isCut = true
          proxy.after(() => server.restart())
          proxy.cut()
        },
      },
    })
    expect(verdict(report)).toBe(`0 applied: ${A} applied, ${B} applied`)
    expect(report.outcomes.map(({ attempts }) => attempts)).toEqual([1, 2])
  })

  it('and not had again, where the run is asked to end, leaves the second not run', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aGatedProxy(database.url)
    await using migrator = await aPushing(proxy.url, FILES)
    const controller = new AbortController()
    const aborted = new Promise((resolve) => {
      controller.signal.addEventListener('abort', resolve)
    })
    const report = await migrator.run('migrate', {
      given: OFF,
      system: {
        signal: controller.signal,
        observe: (event) => {
          if (event.kind === 'reconnecting') controller.abort('SIGTERM')
          if (!isApplied(event, A)) return
          proxy.after(() => aborted)
          proxy.cut()
        },
      },
    })
    expect(verdict(report)).toBe(`143 cancelled: ${A} applied, ${B} not-run`)
    expect(await eventsOf(database)).toEqual([`${A} applied`])
  })

  it('when the first was recorded has it recorded once', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, "'applied'", 'COMMIT')
    await using migrator = await aPushing(proxy.url, FILES)
    const report = await migrator.run('migrate', { given: OFF })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, `0 applied: ${A} applied, ${B} applied`])
    expect(await eventsOf(database)).toEqual([`${A} applied`, `${B} applied`])
  })

  it('when the tracking tables had been made, where the run is asked to end, leaves both not run', async () => {
    await using database = await aDatabase({ major })
    await using proxy = await aCuttingProxy(database.url, 'CREATE SCHEMA', 'COMMIT')
    await using migrator = await aPushing(proxy.url, FILES)
    const controller = new AbortController()
    const report = await migrator.run('migrate', {
      given: OFF,
      system: {
        signal: controller.signal,
        observe: ({ kind }) => kind === 'reconnecting' && controller.abort('SIGTERM'),
      },
    })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, `143 cancelled: ${A} not-run, ${B} not-run`])
  })
})
