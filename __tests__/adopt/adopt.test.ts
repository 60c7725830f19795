import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { HISTORIES } from './histories.js'

const made = 'create table users (id integer primary key); create table books (id integer primary key);'
const messages = ({ problems }: Report) => problems.map(({ message }) => message).join('\n')
const steps = ({ operation }: Report) => operation?.steps.map(({ name, state }) => `${name} ${state}`) ?? []

describe.each(HISTORIES)('the history of $title', ({ tool, title, files, ddl, record, fail, checks }) => {
  const all = Object.entries(files)
  const applied = all.slice(0, 2)
  const [first, second] = applied.map(([name]) => name) as [string, string]
  let database: TestDatabase
  const inFolder = async (folder: Readonly<Record<string, string>>, accept?: string, dry = true) => {
    await using migrator = await aMigrator(database.url, folder)
    const given = { ...(dry ? { 'dry-run': 'true' } : {}), ...(accept === undefined ? {} : { accept }) }
    return await migrator.run('adopt', { given })
  }
  const schemas = async () =>
    (await database.query("select nspname from pg_namespace where nspname = 'devflow'")).length

  beforeAll(async () => {
    database = await aDatabase()
    await database.query(`${made}${ddl}${record(applied)}`)
  })
  afterAll(async () => database[Symbol.asyncDispose]())

  it('is found by its columns, and shown without writing anything', async () => {
    const report = await inFolder(files)
    expect(messages(report)).toBe('')
    expect(verdict(report)).toBe('0 planned')
    expect(steps(report)).toEqual([`${first} planned`, `${second} planned`])
    expect(report.operation?.facts).toMatchObject({
      tool: title,
      recorded: 2,
      checked: checks ? 2 : 0,
      pending: 1,
    })
    expect(report.operation?.next?.[0]).toBe(`Pending, and applied by migrate: ${all[2]?.[0]}.`)
    expect(await schemas()).toBe(0)
  })

  it(
    checks ? 'is refused with an edited file, unless somebody says so' : 'does not tell of an edited file',
    async () => {
      const text = files[second]?.replace('integer', 'bigint') ?? ''
      const report = await inFolder({ ...files, [second]: text })
      if (!checks) return expect(report.status).toBe('planned')
      expect(verdict(report)).toBe('1 refused')
      expect(messages(report)).toContain(`${second} is not what ${title} applied`)
      expect(steps(report)).toEqual([`${first} not-run`, `${second} not-run`])
      const version = /accept (\S+=edited)/.exec(report.problems[0]?.help ?? '')?.[1] ?? ''
      expect(verdict(await inFolder({ ...files, [second]: text }, version))).toBe('0 planned')
    },
  )

  it('is refused with a missing file, unless somebody says that nothing is to be recorded', async () => {
    const report = await inFolder({ [first]: files[first] ?? '' })
    expect(verdict(report)).toBe('1 refused')
    expect(messages(report)).toMatch(/and the folder has no file of it/)
    const word = /accept (.+=missing)\./.exec(report.problems[0]?.help ?? '')?.[1] ?? ''
    const accepted = await inFolder({ [first]: files[first] ?? '' }, word)
    expect(messages(accepted)).toBe('')
    expect(steps(accepted)).toEqual([`${first} planned`])
  })

  if (fail !== undefined)
    it('is refused with a migration that may be half done, unless somebody looked', async () => {
      await database.query(`begin; create temporary table kept on commit drop as select 1; ${fail} commit`)
      const report = await inFolder(files)
      expect(verdict(report)).toBe('1 refused')
      expect(messages(report)).toMatch(new RegExp(`${title} does not know \\S+ to be done: .+`))
      const version = /say accept (\S+)=applied/.exec(report.problems[0]?.help ?? '')?.[1] ?? ''
      expect(steps(await inFolder(files, `${version}=applied`))).toEqual([
        `${first} planned`,
        `${second} planned`,
      ])
      const left = await inFolder(files, `${version}=not-applied`)
      expect(steps(left)).toEqual([`${first} planned`])
      expect(left.operation?.facts).toMatchObject({ pending: 2 })
    })

  it('is adopted as it was, so that nothing is left to do, and can be taken back', async () => {
    const [{ name: table } = { name: '' }] = await database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
       and tablename not in ('users', 'books', 'knex_migrations_lock')`,
    )
    await database.query(`delete from ${table}; ${record(applied)}`)
    const content = () => database.query(`select t::text from ${table} t order by 1`)
    const before = await content()
    await using migrator = await aMigrator(database.url, Object.fromEntries(applied))
    const run = (command: string, given = {}) => migrator.run(command, { given })
    expect(verdict(await run('adopt', { from: tool }))).toBe('0 applied')
    expect(verdict(await run('migrate'))).toBe('0 up-to-date')
    expect(verdict(await run('verify'))).toBe('0 up-to-date')
    expect(verdict(await run('adopt'))).toBe('0 up-to-date')
    const { events } = await run('history')
    const adopted = events.filter(({ event }) => event === 'adopted')
    expect(adopted.map(({ name }) => name)).toEqual([second, first])
    expect(adopted[0]?.detail).toMatch(`adopted from ${title} (`)
    const undone = await run('adopt', { undo: 'true' })
    expect(steps(undone)).toEqual([`${first} done`, `${second} done`])
    expect((await run('status')).records).toEqual([])
    expect(await content()).toEqual(before)
  })
})
