// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of the SQL
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { needs } from '../support/needs.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major } from '../support/postgres/major.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { type Asked, aMigrator, type Migrator, rehearsed, trouble, verdict } from './a-migrator.js'
import { aShadowServer, type ShadowServer } from './a-shadow-server.js'
import { everyOutlet } from './every-outlet.js'

const NOWHERE = 'postgresql://ada:hunter2@127.0.0.1:1/postgres'

const dump = needs({ program: 'pg_dump', atLeast: 15 })

/** A project against a target of class production, with a file that is applied. */
interface Production extends AsyncDisposable {
  readonly database: TestDatabase
  readonly migrator: Migrator
  run(command: string, asked?: Asked): Promise<Report>
}

async function aProduction(
  major: Major,
  shadowUrl: string,
  applied: string,
  pending: Readonly<Record<string, string>>,
): Promise<Production> {
  const database = await aDatabase({ major })
  const migrator = await aMigrator(database.url, { '00_base.sql': applied })
  const run: Production['run'] = (command, { given, variables, ...asked } = {}) =>
    migrator.run(command, {
      given: { environment: 'production', ...given },
      variables: { CONFIRM_PRODUCTION_MIGRATION: 'true', SHADOW_DATABASE_URL: shadowUrl, ...variables },
      ...asked,
    })
  expect(verdict(await run('migrate', { given: { rehearse: 'off' } }))).toBe('0 applied: 00 applied')
  for (const [name, sql] of Object.entries(pending)) await migrator.write(name, sql)
  return {
    database,
    migrator,
    run,
    async [Symbol.asyncDispose]() {
      await migrator[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function appliedVersions({ database }: Production): Promise<string> {
  const rows = await database.query<{ version: string }>(
    "select version from devflow.schema_migrations where status = 'completed' order by version",
  )
  return rows.map(({ version }) => version).join(' ')
}

eachMajor('a protected environment', (major) => {
  let server: ShadowServer
  beforeAll(async () => {
    server = await aShadowServer(major)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
  })
  afterEach(async () => {
    const left = await server.shadows()
    expect(left).toEqual([])
  })

  const BOOKS = 'create table books (id bigint primary key, title text);'

  it('is rehearsed on a shadow, and takes no lock on the target that others would wait for', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'alter table books alter id type numeric; select pg_sleep(0.3);',
      '02_b.sql': 'create table pages ();',
    })
    const { database, run } = production
    const locks = watchLocks(database)
    const report = await run('dry-run')
    expect(await locks.taken()).toEqual([])
    expect([report.status, rehearsed(report)]).toEqual(['rehearsed', '01 rehearsed, 02 rehearsed'])
    expect(report.rehearsedOn).toMatchObject({ kind: 'shadow', asked: 'auto' })
    expect(report.rehearsedOn?.where).toContain(`PostgreSQL ${major}`)
    expect(report.rehearsal[0]?.measured?.[0]).toMatchObject({
      locks: expect.arrayContaining([
        { relation: 'public.books', modes: expect.arrayContaining(['AccessExclusive']) },
      ]),
      rewritten: expect.arrayContaining(['public.books']),
    })
    expect(report.sizes.find(({ relation }) => relation === 'public.books')?.bytes).toBeGreaterThan(0)
    expect(await database.query("select to_regclass('pages') as t")).toEqual([{ t: null }])
  })

  it('does not wait long for a table that others hold, and says what it could not read', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'alter table books add n int;',
    })
    await using other = await aClient(production.database.url)
    await other.query('begin')
    await other.query('lock table books in access exclusive mode')
    const started = Date.now()
    const report = await production.run('dry-run')
    // Five seconds for pg_dump, where there is one for this version; it would wait until the other one ends.
    expect(Date.now() - started).toBeLessThan(45_000)
    expect(rehearsed(report)).toBe('01 rehearsed')
    expect(report.rehearsedOn?.schemaFrom).toBe('by replaying 1 applied file')
    expect(report.rehearsedOn?.limits.join(' ')).toContain("The target's schema was not dumped")
    await other.query('rollback')
  })

  it('finds an error in a file, with line and column, and applies nothing', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': 'create table b ();\n  alter table book add n int;\n',
      '03_c.sql': 'create table c ();',
    })
    const report = await production.run('migrate')
    expect(verdict(report)).toBe('1 failed: 01 not-run, 02 not-run, 03 not-run')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 failed, 03 not-run')
    expect(report.rehearsal[1]?.failure).toMatchObject({
      code: '42P01',
      statement: 2,
      position: { line: 2, column: 3 },
    })
    expect(await appliedVersions(production)).toBe('00')
    expect(await production.database.query("select to_regclass('a') as a")).toEqual([{ a: null }])
  })

  it('really builds an index concurrently, and applies it afterwards', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'create index concurrently books_title on books (title);',
    })
    const report = await production.run('migrate')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(rehearsed(report)).toBe('01 rehearsed')
    expect(report.rehearsal[0]?.left ?? []).toEqual([])
    expect(report.rehearsal[0]?.measured?.[0]).toMatchObject({
      created: [{ type: 'index', name: 'public.books_title' }],
    })
  })

  it('goes on in a file that an earlier run was cut off in, though its index is there already', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'create index concurrently books_title on books (title);',
      '02_b.sql': 'create table b ();',
    })
    const { database, run } = production
    const asked = 'CREATE INDEX CONCURRENTLY'.toLowerCase()
    await using proxy = await aCuttingProxy(database.url, asked, 'CREATE INDEX', true)
    const given = { rehearse: 'off' }
    const system = { reconnectWithinMs: 100 }
    await run('migrate', { given, system, variables: { DATABASE_URL: proxy.url } })
    expect(proxy.cuts()).toBe(1)
    const report = await run('migrate')
    expect(trouble(report)).not.toContain('"failed"')
    expect(rehearsed(report)).toBe('01 not-rehearsable, 02 rehearsed')
    expect(report.rehearsal[0]?.reason).toContain('an earlier run was cut off in it')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
  })

  it.each<[string, string, string, string]>([
    ['file', 'a value that a file of its own adds', '01 rehearsed, 02 rehearsed', '0 rehearsed'],
    ['all', 'a value that the same transaction adds', '01 rehearsed, 02 failed', '1 failed'],
    ['none', 'a value that a statement of its own adds', '01 rehearsed, 02 rehearsed', '0 rehearsed'],
  ])('rehearses with transaction: %s as it will be applied: %s', async (transaction, _, files, said) => {
    const base = `create type mood as enum ('sad'); create table t (m mood);`
    await using production = await aProduction(major, server.url, base, {
      '01_a.sql': `alter type mood add value 'glad';`,
      '02_b.sql': `insert into t values ('glad');`,
    })
    const report = await production.run('dry-run', { given: { transaction } })
    expect([rehearsed(report), verdict(report)]).toEqual([files, said])
  })

  it('fills in values, and tells them nowhere', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': `-- devflow:substitute=TITLE\ninsert into books values (1, \${TITLE}); select 1 / (length(title) - 11) from books;`,
    })
    const report = await production.run('dry-run', { variables: { TITLE: 'Zebra Violin' } })
    expect(rehearsed(report)).toBe('01 rehearsed')
    expect(everyOutlet(report, production.migrator.events)).not.toContain('Zebra')
  })

  it('is not rehearsed on the target, asked for in words, where the shadow shows that a large table is rewritten', async () => {
    const large = `create table large (n int); insert into large select generate_series(1, 5000);`
    await using production = await aProduction(major, server.url, large, {
      '01_a.sql': 'alter table large alter n type bigint;',
    })
    await production.migrator.project.write(
      'devflow.yml',
      'version: "1"\ndatabase:\n  environments:\n    production:\n      url_env: DATABASE_URL\n      rehearse: target\n      rehearsal:\n        large-table: 100kB\n',
    )
    const locks = watchLocks(production.database)
    const report = await production.run('migrate')
    expect(await locks.taken()).toEqual([])
    expect(report.rehearsedOn).toMatchObject({ kind: 'shadow', asked: 'target' })
    expect(report.notes.join(' ')).toContain('Not rehearsed on the target, because on the shadow it')
    expect(report.findings).toContainEqual(
      expect.objectContaining({ severity: 'error', measured: 'confirmed' }),
    )
    expect(await appliedVersions(production)).toBe('00')
  })

  it('is rehearsed on the target where that is said in words', async () => {
    await using production = await aProduction(major, server.url, BOOKS, {
      '01_a.sql': 'create table a ();',
    })
    const report = await production.run('migrate', { given: { rehearse: 'target' } })
    expect(report.rehearsedOn).toMatchObject({ kind: 'target', asked: 'target' })
    expect(verdict(report)).toBe('0 applied: 01 applied')
  })

  it('is asked for a shadow anew where its connection is lost, and then finishes', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    const beside = new URL(database.url)
    beside.pathname = '/postgres'
    await using proxy = await aCuttingProxy(beside.href, 'create table a ();')
    const report = await migrator.run('migrate', {
      given: { rehearse: 'shadow' },
      variables: { SHADOW_DATABASE_URL: proxy.url },
    })
    expect(proxy.cuts()).toBe(1)
    expect(rehearsed(report)).toBe('01 rehearsed')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(JSON.stringify(migrator.events)).toContain('The shadow was lost')
  })
})

eachMajor('a protected environment without a shadow', (major) => {
  it('is planned, and nothing is applied to it until somebody says in words how', async () => {
    await using production = await aProduction(major, NOWHERE, 'create table t ();', {
      '01_a.sql': 'create table a ();',
    })
    const { run } = production
    const dry = await run('dry-run')
    expect([verdict(dry), dry.rehearsal, dry.notRehearsed?.ways.length]).toEqual(['0 planned', [], 3])
    expect(dry.notRehearsed?.why).toContain('cannot connect to 127.0.0.1:1')
    expect(verdict(await run('plan'))).toBe('0 planned')
    const refused = await run('migrate')
    expect(verdict(refused)).toBe('1 refused')
    expect(refused.problems[0]?.help).toMatch(/rehearse: target .*; rehearse: off /)
    expect(JSON.stringify([dry, refused])).not.toContain('hunter2')
    expect(await appliedVersions(production)).toBe('00')
    expect(dry.notRehearsed?.heldBy).toBeUndefined()
    const off = await run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(off)).toBe('0 applied: 01 applied')
    expect(off.notRehearsed).toEqual({ why: 'rehearse is off', ways: [] })
    await production.migrator.write('02_b.sql', 'create table b ();')
    const target = await run('migrate', { given: { rehearse: 'target' } })
    expect([verdict(target), target.rehearsedOn?.kind]).toEqual(['0 applied: 02 applied', 'target'])
  })
})

describe('a shadow that lacks an extension of the target', () => {
  dump.it('excuses what that explains, and nothing else', async () => {
    await using database = await aDatabase({ major: 15 })
    await database.query('create extension dblink; create table t (n int)')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create view v as select dblink_is_busy('x');`,
      '02_b.sql': 'alter table t add m int;',
    })
    const report = await migrator.run('dry-run', { given: { rehearse: 'shadow' } })
    expect(rehearsed(report)).toBe('01 not-rehearsable, 02 rehearsed')
    expect(report.rehearsal[0]?.reason).toContain('it may need what of the target is not there')
    expect(report.rehearsedOn?.limits.join(' ')).toContain('CREATE EXTENSION IF NOT EXISTS dblink')
    await migrator.write(
      '01_a.sql',
      'alter table t add constraint positive check (n > 0), add constraint positive check (n > 1);',
    )
    const other = await migrator.run('dry-run', { given: { rehearse: 'shadow' } })
    expect(rehearsed(other)).toBe('01 failed, 02 not-run')
    expect(other.rehearsal[0]?.failure?.code).toBe('42710')
  })
})

/** Looks all the time for locks of others on user tables that somebody could wait for. */
function watchLocks({ url, name }: TestDatabase): { taken(): Promise<string[]> } {
  const seen = new Set<string>()
  let over = false
  const watching = (async () => {
    await using client = await aClient(url)
    while (!over) {
      const rows = await client.query<{ held: string }>(
        `select c.relname || ' ' || l.mode as held from pg_locks l join pg_class c on c.oid = l.relation
         where l.database = (select oid from pg_database where datname = $1) and c.relnamespace = 'public'::regnamespace
           and l.mode <> 'AccessShareLock' and l.pid <> pg_backend_pid()`,
        [name],
      )
      for (const { held } of rows) seen.add(held)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  return {
    taken: async () => {
      over = true
      await watching
      return [...seen]
    },
  }
}
