import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { InputName } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { HISTORIES, slowCrc } from './histories.js'

const FILES = {
  '20260101000001_users.sql': 'create table users (id integer primary key);\n',
  '20260101000002_books.sql': 'create table books (id integer primary key);\n',
}
const messages = ({ problems }: Report) =>
  problems.map(({ message, help }) => `${message} ${help}`).join('\n')
const dbmate = (...versions: string[]) =>
  `create table schema_migrations (version varchar(128) primary key);
   insert into schema_migrations values ${versions.map((version) => `('${version}')`).join(', ')};`

type Given = Partial<Record<InputName, string>>
type Files = Readonly<Record<string, string>>

let database: TestDatabase
beforeAll(async () => {
  database = await aDatabase()
})
afterAll(async () => database[Symbol.asyncDispose]())

/** In a database that has nothing but what is made here. */
async function adopting(sql: string, given: Given = {}, files: Files = FILES) {
  await database.query(
    `drop schema if exists devflow cascade; drop schema if exists other cascade; drop schema if exists supabase_migrations cascade; drop schema public cascade; create schema public; ${sql}`,
  )
  return run('adopt', given, files)
}

async function run(command: string, given: Given = {}, files: Files = FILES) {
  await using migrator = await aMigrator(database.url, files)
  return await migrator.run(command, { given })
}

/** What is recorded; a status that could not read it says why. */
async function recordsNow() {
  const report = await run('status')
  expect(messages(report)).toBe('')
  return report.records
}

/** The verdict of a run that is to do its work, or what kept it from it. */
const worked = (report: Report) => [verdict(report), messages(report)].filter(Boolean).join(': ')

describe('whose history it is', () => {
  it('is told where there is none, with exit code 2', async () => {
    const report = await adopting('create table schema_migrations (version integer, note text);')
    expect(report.exitCode).toBe(2)
    expect(messages(report)).toContain('The database has no table of a tool that can be adopted from.')
    expect(messages(report)).toContain('Sqitch')
  })

  it('is told where there are several, and then one can be named', async () => {
    const both = `${dbmate('20260101000001')} create schema other; create table other.schema_migrations (version bigint, dirty boolean);`
    const report = await adopting(both)
    expect(report.exitCode).toBe(2)
    expect(messages(report)).toContain(
      'other.schema_migrations (golang-migrate), public.schema_migrations (dbmate)',
    )
    expect((await run('adopt', { from: 'dbmate', 'dry-run': 'true' })).operation?.steps).toHaveLength(1)
    const byTable = await run('adopt', { 'from-table': 'other.schema_migrations', 'dry-run': 'true' })
    expect(worked(byTable)).toBe('0 up-to-date')
    expect(byTable.operation?.facts).toMatchObject({ tool: 'golang-migrate', recorded: 0, pending: 2 })
  })

  it('is refused where the named table is not one of the named tool', async () => {
    const report = await adopting(dbmate('20260101000001'), {
      from: 'goose',
      'from-table': 'schema_migrations',
    })
    expect(report.exitCode).toBe(2)
    expect(messages(report)).toContain('There is no table schema_migrations of goose, by its columns.')
  })

  it('is not dbmate where the tables are those of Rails', async () => {
    const rails = 'create table ar_internal_metadata (key varchar, value varchar);'
    expect((await adopting(`${dbmate('20260101000001')}${rails}`)).exitCode).toBe(2)
  })

  it('can stand under any name, which is quoted', async () => {
    const name = `"we""ird; drop table users"`
    const report = await adopting(
      `create schema other; create table other.${name} (version varchar primary key); insert into other.${name} values ('20260101000001');`,
      { from: 'dbmate', 'from-table': 'other.we"ird; drop table users', 'dry-run': 'true' },
    )
    expect(messages(report)).toBe('')
    expect(report.operation?.steps.map(({ name: file }) => file)).toEqual(['20260101000001_users.sql'])
  })

  it('is refused where the role may not read it, or not all of it', async () => {
    const role = `adopter_${database.name}`
    await adopting(
      `${dbmate('20260101000001')}
       create role ${role} login password 'x'; grant create on database ${database.name} to ${role}; grant usage on schema public to ${role};`,
      { 'dry-run': 'true' },
    )
    const url = new URL(database.url)
    url.username = role
    url.password = 'x'
    await using migrator = await aMigrator(url.href, FILES)
    expect(messages(await migrator.run('adopt'))).toContain('permission denied for table schema_migrations')
    await database.query(
      `grant select on schema_migrations to ${role}; alter table schema_migrations enable row level security`,
    )
    const partly = await migrator.run('adopt')
    expect(partly.exitCode).toBe(2)
    expect(messages(partly)).toContain('row-level security')
    await database.query(`drop owned by ${role} cascade; drop role ${role}`)
  })
})

describe('what a person says of a version', () => {
  const three = dbmate('20260101000001', '20260101000002', '20260101000003')

  it.each([
    ['20260101000001=edited', 'accept says 20260101000001=edited, and that version is as it was applied'],
    ['20260101000003=applied', 'without a file: it can be missing'],
    [
      '20260101000009=missing',
      'accept names 20260101000009, and neither the table nor the folder has that version',
    ],
  ])('%s is refused where it is not so', async (accept, expected) => {
    const report = await adopting(three, { accept })
    expect(verdict(report)).toBe('1 refused')
    expect(messages(report)).toContain(expected)
    expect(report.records).toEqual([])
  })

  it.each([
    ['20260101000003', 'each part must be <version>=<word>'],
    ['1=missing, 01=missing', 'says two things of "01"'],
    ['3=gone', 'Words: edited, missing, applied, not-applied'],
  ])('%s is a mistake of the set-up', async (accept, expected) => {
    const report = await run('adopt', { accept })
    expect(report.exitCode).toBe(2)
    expect(messages(report)).toContain(expected)
  })

  it('stands in the history, with what the tool had', async () => {
    const report = await adopting(three, { accept: '20260101000003=missing' })
    expect(worked(report)).toBe('0 applied')
    expect(report.operation?.next?.[0]).toBe('Nothing is recorded of 20260101000003, which has no file.')
    expect(report.plan?.deferred).toEqual([])
    const { events } = await run('history')
    expect(events.find(({ version }) => version === '20260101000002')).toMatchObject({
      event: 'adopted',
      action: 'adopt',
      status: 'success',
      detail:
        'adopted from dbmate (public.schema_migrations); there as 20260101000002; not compared with the file',
    })
  })
})

describe('an adoption', () => {
  it('leaves what is recorded already as it is, and adds what is not', async () => {
    expect(worked(await adopting(dbmate('20260101000001')))).toBe('0 applied')
    const [first] = await recordsNow()
    await database.query("insert into schema_migrations values ('20260101000002')")
    const again = await run('adopt')
    expect(again.operation?.steps.map(({ version }) => version)).toEqual(['20260101000002'])
    expect(await recordsNow()).toContainEqual(first)
  })

  it('of what was rolled back here since asks whether it is there: the other table can not tell', async () => {
    const files = { ...FILES, '20260101000002_books.down.sql': 'drop table books;\n' }
    const made = 'create table books (id integer primary key);'
    await adopting(made + dbmate('20260101000001', '20260101000002'), {}, files)
    expect(worked(await run('rollback', { steps: '1' }, files))).toBe('0 applied')
    const again = await run('adopt', {}, files)
    expect(verdict(again)).toBe('1 refused')
    expect(messages(again)).toContain('20260101000002_books.sql was rolled back here, and dbmate has it')
    const said = (word: string) =>
      run('adopt', { accept: `20260101000002=${word}`, 'dry-run': 'true' }, files)
    expect(worked(await said('applied'))).toBe('0 planned')
    expect(messages(await said('missing'))).toContain('it can be applied or not-applied')
    const pending = await said('not-applied')
    expect([worked(pending), pending.operation?.next]).toEqual([
      '0 up-to-date',
      ['Pending, and applied by migrate: 20260101000002_books.sql.'],
    ])
    await run('migrate', {}, files)
    expect(worked(await run('adopt', {}, files))).toBe('0 up-to-date')
  })

  it('is refused where another text is recorded already, or something is half done', async () => {
    await adopting(dbmate('20260101000001'))
    await database.query("update devflow.schema_migrations set checksum = 'sha256:other'")
    expect(messages(await run('adopt'))).toContain(
      '20260101000001_users.sql is recorded here already, with another checksum',
    )
    await database.query("update devflow.schema_migrations set status = 'partial'")
    expect(messages(await run('adopt'))).toContain(
      '20260101000001_users.sql is recorded here as not finished',
    )
  })

  it('that was refused stands in the history as well', async () => {
    await adopting(dbmate('20260101000001'))
    await database.query("insert into schema_migrations values ('20260101000003')")
    const refused = await run('adopt')
    expect(refused.notes).toEqual([])
    expect((await run('history')).events[0]).toMatchObject({
      event: 'refused',
      errorMessage: refused.problems[0]?.message,
    })
  })

  it('replaces the record of a failure', async () => {
    await adopting(`${dbmate('20260101000002')} create table users (id integer);`, { 'dry-run': 'true' })
    await run('migrate', { rehearse: 'off' })
    expect((await recordsNow()).map(({ status }) => status)).toEqual(['failed'])
    await database.query("insert into schema_migrations values ('20260101000001')")
    expect(worked(await run('adopt'))).toBe('0 applied')
    expect((await recordsNow()).map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  it('tells of files that are pending among what is applied, which migrate asks about', async () => {
    const report = await adopting(`${dbmate('20260101000002')} create table books (id integer);`)
    expect(report.operation?.next?.[0]).toBe('Pending, and applied by migrate: 20260101000001_users.sql.')
    expect(verdict(await run('migrate'))).toBe('1 refused')
    expect(verdict(await run('migrate', { 'allow-out-of-order': 'true' }))).toBe(
      '0 applied: 20260101000001 applied',
    )
  })

  it('is not taken back once something else was recorded', async () => {
    await adopting(`${dbmate('20260101000001')} create table users (id integer);`)
    expect(worked(await run('migrate'))).toBe('0 applied: 20260101000002 applied')
    const report = await run('adopt', { undo: 'true' })
    expect(verdict(report)).toBe('1 refused')
    expect(messages(report)).toContain('since then 20260101000002_books.sql was applied.')
    expect(await recordsNow()).toHaveLength(2)
    // What was applied here is not pending, though the other tool knows nothing of it.
    expect((await run('adopt')).operation).toMatchObject({ steps: [], next: [], facts: { pending: 0 } })
  })

  it('is taken back only as far as it went, and can be made again', async () => {
    await adopting(`create table users (id integer); ${dbmate('20260101000002')}`, { 'dry-run': 'true' })
    await database.query('drop table users')
    await run('migrate', { version: '20260101000001' })
    expect(worked(await run('adopt'))).toBe('0 applied')
    const dry = await run('adopt', { undo: 'true', 'dry-run': 'true' })
    expect(dry.operation?.steps.map(({ what, state }) => `${what}: ${state}`)).toEqual([
      'forget that 20260101000002_books.sql was adopted: planned',
    ])
    expect(worked(await run('adopt', { undo: 'true' }))).toBe('0 applied')
    expect((await recordsNow()).map(({ version }) => version)).toEqual(['20260101000001'])
    expect(worked(await run('adopt', { undo: 'true' }))).toBe('0 up-to-date')
    expect(worked(await run('adopt'))).toBe('0 applied')
    expect((await run('verify')).findings).toEqual([])
  })

  it('is held to the hash of what was looked at', async () => {
    const planned = await adopting(dbmate('20260101000001'), { 'dry-run': 'true' })
    const hash = planned.plan?.hash ?? ''
    await database.query("insert into schema_migrations values ('20260101000002')")
    expect(verdict(await run('adopt', { 'expected-plan-hash': hash }))).toBe('1 refused')
    await database.query("delete from schema_migrations where version = '20260101000002'")
    expect(worked(await run('adopt', { 'expected-plan-hash': hash }))).toBe('0 applied')
  })

  it('shows what a hostile table holds without taking it for anything else', async () => {
    const hostile = "x'; drop table users; --\n::error::\u001b[31m"
    const report = await adopting(
      `create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null);
       insert into pgmigrations (name, run_on) values ('${hostile.replaceAll("'", "''")}', 'infinity'), ('20260101000001_users', '0044-01-01 BC');
       create table users (id integer);`,
      { accept: `${hostile}=missing` },
    )
    expect(worked(report)).toBe('0 applied')
    expect(await database.query('select * from users')).toEqual([])
    expect((await recordsNow()).map(({ name }) => name)).toEqual(['20260101000001_users.sql'])
  })
})

describe('an adoption from the Supabase CLI', () => {
  it('is not taken back while its table is kept in step, which would lose the rows', async () => {
    await adopting(
      `create schema supabase_migrations;
       create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
       insert into supabase_migrations.schema_migrations values ('20260101000001', null, 'users');`,
      { 'dry-run': 'true' },
    )
    await using migrator = await aMigrator(database.url)
    const [[name, text] = ['', '']] = Object.entries(FILES)
    await migrator.project.write(`supabase/migrations/${name}`, text)
    await migrator.project.write('devflow.yml', 'database: { migrations: { tracking: devflow } }\n')
    expect(worked(await migrator.run('adopt'))).toBe('0 applied')
    await migrator.project.remove('devflow.yml')
    const refused = await migrator.run('adopt', { given: { undo: 'true' } })
    expect(verdict(refused)).toBe('1 refused')
    expect(messages(refused)).toContain('Set database.migrations.tracking: devflow in devflow.yml first.')
    expect(worked(await migrator.run('adopt'))).toBe('0 up-to-date')
    expect(await database.query('select version from supabase_migrations.schema_migrations')).toHaveLength(1)
  })
})

describe('a repeatable file of Flyway', () => {
  it('is adopted as it ran last, and runs again when it changes', async () => {
    const view = 'create or replace view one as select 1 as one;\n'
    const files = { 'V1__users.sql': 'create table users (id integer primary key);\n', 'R__one.sql': view }
    const flyway = HISTORIES.find(({ tool }) => tool === 'flyway')
    const row = (rank: number, version: string, script: string, sql: string) =>
      `insert into flyway_schema_history values (${rank}, ${version}, 'x', 'SQL', '${script}', ${slowCrc(sql)}, 'deployer', now(), 1, true);`
    await adopting(
      `${files['V1__users.sql']} ${view} ${flyway?.ddl} ${row(1, "'1'", 'V1__users.sql', files['V1__users.sql'])} ${row(2, 'null', 'R__one.sql', view)}`,
      { 'dry-run': 'true' },
      files,
    )
    const adopted = await run('adopt', {}, files)
    expect(adopted.operation?.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'V1__users.sql done',
      'R__one.sql done',
    ])
    expect(worked(await run('migrate', {}, files))).toBe('0 up-to-date')
    const changed = { ...files, 'R__one.sql': `${view}-- more\n` }
    expect(worked(await run('migrate', {}, changed))).toBe('0 applied: R__one applied')
  })
})
