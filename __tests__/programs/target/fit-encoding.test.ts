import { expect, it } from '@jest/globals'
import { run } from '../../../src/programs/run.js'
import { aProject } from '../../support/a-project.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'

/** A database beside the test's own that knows no Ł: `é` it has. */
async function aLatinDatabase(beside: TestDatabase) {
  const name = `${beside.name}_latin1`
  await beside.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
  const url = new URL(beside.url)
  url.pathname = `/${name}`
  return {
    name,
    url: url.href,
    [Symbol.asyncDispose]: async () => void (await beside.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  }
}

async function migrate(
  files: Readonly<Record<string, string>>,
  url: string,
  actor: string,
  given: Readonly<Record<string, string>> = {},
) {
  await using project = await aProject(files)
  return await run(
    {
      entry: 'cli',
      given: { command: 'migrate', environment: 'staging', ...given },
      variables: { DATABASE_URL: url, GITHUB_ACTOR: actor },
      folder: project.path,
      ci: true,
      verbose: false,
    },
    { observe: () => {}, now: () => new Date() },
    async () => {},
  )
}

async function rowsOf(url: string, sql: string) {
  await using client = await aClient(url)
  return await client.query(sql)
}

const first = { 'migrations/01_a.sql': 'create table public.a (i int);\n' }

eachMajor('a database whose encoding lacks a character', (major) => {
  it('records who ran it, escaped where it has to be', async () => {
    await using beside = await aDatabase({ major })
    for (const rehearse of ['target', 'off']) {
      await using database = await aLatinDatabase(beside)
      const report = await migrate(first, database.url, 'Łukasz é 😀', { rehearse })
      expect(report).toMatchObject({ status: 'applied', problems: [] })
      expect(await rowsOf(database.url, 'SELECT applied_by FROM devflow.schema_migrations')).toEqual([
        { applied_by: '\\u0141ukasz é \\ud83d\\ude00' },
      ])
      expect(
        await rowsOf(database.url, `SELECT DISTINCT executed_by FROM devflow.migration_history`),
      ).toEqual([{ executed_by: '\\u0141ukasz é \\ud83d\\ude00' }])
    }
  })

  it('refuses a file of such a name before anything runs', async () => {
    await using beside = await aDatabase({ major })
    await using database = await aLatinDatabase(beside)
    const files = { ...first, 'migrations/02_ł.sql': 'select 1;\n', 'migrations/03_é.sql': 'select 1;\n' }
    expect(await migrate(files, database.url, 'ci')).toMatchObject({
      status: 'refused',
      exitCode: 1,
      problems: [
        {
          message: `The file 02_ł.sql can not be recorded in the database ${database.name}: its encoding LATIN1 lacks ł.`,
          help: 'Rename the file, with characters that LATIN1 has.',
        },
      ],
    })
    expect(await rowsOf(database.url, `SELECT to_regclass('public.a') AS a`)).toEqual([{ a: null }])
    const { 'migrations/02_ł.sql': _, ...fine } = files
    expect(await migrate(fine, database.url, 'ci')).toMatchObject({ status: 'applied', problems: [] })
  })

  it('refuses a project of such a name, and takes one it has', async () => {
    await using beside = await aDatabase({ major })
    await using database = await aLatinDatabase(beside)
    const named = (name: string) => ({ ...first, 'devflow.yml': `version: "1"\nproject:\n  name: ${name}\n` })
    expect((await migrate(named('Łódź'), database.url, 'ci')).problems[0]?.message).toBe(
      `The project Łódź can not be recorded in the database ${database.name}: its encoding LATIN1 lacks Ł ź.`,
    )
    expect(await migrate(named('Málaga'), database.url, 'ci')).toMatchObject({ status: 'applied' })
  })
})
