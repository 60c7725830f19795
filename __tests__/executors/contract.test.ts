import { describe, expect, jest, it as plainly } from '@jest/globals'
import type { Config } from '../../src/model/config.js'
import type { Outcome } from '../../src/model/outcome.js'
import { aMigrator, type Migrator, verdict } from '../programs/a-migrator.js'
import { theCli } from '../supabase/a-cli.js'
import { aSupervised } from '../supabase/a-supervised.js'
import { needs } from '../support/needs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'

/*
 * What every executor keeps, whatever applies the files. To add one: a line here.
 */

interface Contractor {
  readonly open: (url: string, files: Readonly<Record<string, string>>) => Promise<Migrator>
  readonly it: typeof plainly | ReturnType<typeof needs>['it']
}

const EXECUTORS: Readonly<Record<Config['format'], Contractor>> = {
  sql: { open: aMigrator, it: plainly },
  supabase: { open: (url, files) => aSupervised(url, files), it: needs(theCli()).it },
}

// Each run starts a program of 100 MB, twice.
jest.setTimeout(180_000)

const A = '20260101000000_a.sql'
const B = '20260102000000_b.sql'
const C = '20260103000000_c.sql'

async function records(database: TestDatabase) {
  return database.query(
    `select version, name, status, checksum ~ '^sha256:[0-9a-f]{64}$' as checked, plan_hash is not null as planned,
       applied_by, execution_time_ms is not null as timed from devflow.schema_migrations order by version`,
  )
}

describe.each(Object.entries(EXECUTORS))('the executor %s', (_, { open, it }) => {
  it('gives exactly one outcome for each file, stops at the first that fails, and keeps nothing of that', async () => {
    await using database = await aDatabase({ major: 15 })
    const files = {
      [A]: 'create table a (n int);',
      [B]: "set search_path = '';\ninsert into public.a values (1);\nselect 1/0;",
      [C]: 'insert into a values (3);',
    }
    await using migrator = await open(database.url, files)
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe(
      '1 partial: 20260101000000 applied, 20260102000000 failed, 20260103000000 not-run',
    )
    expect(report.ready).toBe(false)
    const [applied, failed] = report.outcomes as [Outcome, Outcome]
    expect(applied).toMatchObject({ name: A, mode: 'transaction', attempts: 1 })
    expect(failed.failure).toMatchObject({ code: '22012', position: { line: 3 } })
    expect(await database.query('select n from a')).toEqual([])

    const recorded = { checked: true, planned: true, applied_by: 'octocat', timed: true }
    expect(await records(database)).toEqual([
      { version: '20260101000000', name: A, status: 'completed', ...recorded },
      { version: '20260102000000', name: B, status: 'failed', ...recorded },
    ])
    const told = migrator.events.flatMap((event) => (event.kind === 'applied' ? [event.outcome.state] : []))
    expect(told).toEqual(['applied', 'failed'])

    // What a file set in its session does not reach the next one.
    await migrator.write(B, "set search_path = '';\ninsert into public.a values (2);")
    const again = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(again)).toBe('0 applied: 20260102000000 applied, 20260103000000 applied')
    expect(await database.query('select n from a order by n')).toEqual([{ n: 2 }, { n: 3 }])
    const history = await database.query(
      `select version, event from devflow.migration_history where version <> '' order by seq`,
    )
    expect(history).toEqual([
      { version: '20260101000000', event: 'applied' },
      { version: '20260102000000', event: 'failed' },
      { version: '20260102000000', event: 'applied' },
      { version: '20260103000000', event: 'applied' },
    ])
    expect((await migrator.run('verify')).exitCode).toBe(0)
  })

  it('refuses what was not approved, another executor included, and runs what was', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await open(database.url, { [A]: 'create table a (n int);' })
    const planned = await migrator.run('plan')
    const hash = planned.plan?.hash ?? ''
    await migrator.write(A, 'create table a (n bigint);')
    const given = { rehearse: 'off', 'expected-plan-hash': hash }
    expect((await migrator.run('migrate', { given })).status).toBe('refused')
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
    await migrator.write(A, 'create table a (n int);')
    expect(verdict(await migrator.run('migrate', { given }))).toBe('0 applied: 20260101000000 applied')
  })
})
