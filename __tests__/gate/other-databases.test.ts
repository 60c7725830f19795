import { describe, expect, it } from '@jest/globals'
import { verdict } from '../programs/a-migrator.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import type { Major } from '../support/postgres/major.js'
import { told } from './a-gated-job.js'
import { aWork, type Known, migrate, plan, planFile, STAGING, tablesIn } from './two-jobs.js'

const to = (url: string) => ({ variables: { LIVE_DATABASE_URL: url } })

/** A database of the same name on the server of another one. */
async function aNamesake(name: string, neighbour: TestDatabase): Promise<AsyncDisposable & { url: string }> {
  await neighbour.query(`create database ${name} template template0`)
  const url = new URL(neighbour.url)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () => void (await neighbour.query(`drop database ${name} with (force)`)),
  }
}

/** The database as it is now, to be put back later in its place. */
async function aBackup({ name, url }: TestDatabase): Promise<AsyncDisposable & { restore(): Promise<void> }> {
  await using neighbour = await aDatabase()
  const copy = `${name}_backup`
  await neighbour.query(`alter database ${name} allow_connections false`)
  await neighbour.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  await neighbour.query(`create database ${copy} template ${name}`)
  for (const one of [name, copy]) await neighbour.query(`alter database ${one} allow_connections true`)
  const elsewhere = new URL(url)
  elsewhere.pathname = '/postgres'
  const admin = async (...statements: string[]) => {
    await using client = await aClient(elsewhere.href)
    for (const statement of statements) await client.query(statement)
  }
  return {
    restore: () => admin(`drop database ${name} with (force)`, `alter database ${copy} rename to ${name}`),
    [Symbol.asyncDispose]: () => admin(`drop database if exists ${copy} with (force)`),
  }
}

describe.each<Known>(['hash', 'file'])('a plan of which the %s is known', (known) => {
  const named = (words: string) =>
    known === 'file' ? words : 'mostly a file was edited, renamed or removed, or it is another server'

  it('is refused on another database of the same server', async () => {
    await using work = await aWork()
    await using other = await aWork()
    const hash = await plan(work)
    const report = await migrate(work, hash, known, to(other.database.url))
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain(named('This field differs: target.database.'))
    expect(told(report)).toContain(
      named(`made for the database ${work.database.name}, and this is the database ${other.database.name}`),
    )
    expect(await tablesIn(other.database)).toBe('a')
  })

  it.each<[Major, Major]>([
    [15, 18],
    [18, 15],
  ])('is refused on another server: made for PostgreSQL %i, met by %i', async (major, another) => {
    await using work = await aWork(STAGING, { major })
    await using neighbour = await aDatabase({ major: another })
    await using namesake = await aNamesake(work.database.name, neighbour)
    const hash = await plan(work)
    const first = await work.checkout.step('migrate', { ...to(namesake.url), given: { to: '01' } })
    expect(verdict(first)).toBe('0 applied: 01 applied')
    const report = await migrate(work, hash, known, to(namesake.url))
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain(named('This field differs: target.server.'))
    expect(told(report)).toContain(named('The plan was made for another server: for system identifier'))
    await using client = await aClient(namesake.url)
    expect(await client.query(`select to_regclass('b') as b`)).toEqual([{ b: null }])
  })

  it('is the same plan at another address of the same server', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    const url = new URL(work.database.url)
    url.hostname = 'localhost'
    const report = await migrate(work, hash, known, to(url.href))
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
  })

  it('is refused on an older copy of the database that was restored since', async () => {
    await using work = await aWork()
    await using backup = await aBackup(work.database)
    expect(verdict(await work.checkout.step('migrate', { given: { to: '02' } }))).toBe(
      '0 applied: 02 applied',
    )
    const hash = await plan(work)
    await backup.restore()
    const report = await migrate(work, hash, known)
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toMatch(
      known === 'file' ? /02_b\.sql was applied when the plan was made, and is not any more|copy/ : /./,
    )
    expect(await tablesIn(work.database)).toBe('a')
  })

  it('is refused where the newest of its past was taken back by hand', async () => {
    await using work = await aWork()
    await work.checkout.step('migrate', { given: { to: '02' } })
    const hash = await plan(work)
    await work.database.query(`drop table b; delete from devflow.schema_migrations where version = '02'`)
    const report = await migrate(work, hash, known)
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain(named('02_b.sql was applied when the plan was made, and is not any more'))
    expect(await tablesIn(work.database)).toBe('a')
  })

  it('is refused where a row of its past was edited', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    const md5 = `update devflow.schema_migrations set checksum = md5('create table a (n int);')`
    await work.database.query(md5)
    const report = await migrate(work, hash, known)
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain(named('The row of 01_a.sql has another checksum'))
    expect(await tablesIn(work.database)).toBe('a')
  })
})

describe('a plan for a database', () => {
  it('has the same hash for a role that may only plan as for the one that applies', async () => {
    await using work = await aWork()
    const { database } = work
    const role = `plans_${database.name}`
    await database.query(`create role ${role} login bypassrls password 'secret-of-plans';
      grant usage on schema devflow to ${role};
      grant select on all tables in schema devflow to ${role}`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'secret-of-plans'
    const hash = await plan(work, to(url.href))
    expect(verdict(await migrate(work, hash, 'file'))).toBe('0 applied: 02 applied, 03 applied')
    await database.query(`drop owned by ${role}; drop role ${role}`)
  })

  it('is written with where it is for, and for whom it was made', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    const file = JSON.parse(await work.checkout.project.read(planFile['plan-file']))
    const [row] = await work.database.query<{ system: string }>(
      'select system_identifier::text as system from pg_control_system()',
    )
    expect(file).toMatchObject({
      hash,
      plan: { target: { database: work.database.name, system: row?.system } },
      applied: [{ version: '01', name: '01_a.sql' }],
      about: { plannedBy: 'octocat', runUrl: 'https://github.com/acme/shop/actions/runs/42' },
    })
  })
})
