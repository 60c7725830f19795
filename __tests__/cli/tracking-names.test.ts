import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { parseReport } from '../support/report-file.js'
import { runCli } from '../support/run-cli.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const names = [
  `a"; DROP TABLE canary; --`,
  `it's`,
  `$$; DROP TABLE canary; $$`,
  `back\\slash`,
  'Größe 表 🙂',
  'UPPER case',
  'select',
  '%s $1 {0}',
  'ä'.repeat(31),
  'x'.repeat(63),
]

const listing = `SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p')`

describe('the names of schema and table of the history', () => {
  it.each(names)('are names and nothing else: %s', async (name) => {
    await using database = await aDatabase()
    await database.query('CREATE TABLE canary ()')
    const migrations = { tracking_schema: name, tracking_table: name }
    await using project = await aProject({
      'devflow.yml': JSON.stringify({ version: '1', database: { migrations } }),
      'migrations/01_a.sql': 'CREATE TABLE a ();',
    })
    const run = (command: string) =>
      runCli(bundle.cli, ['db', command, '--env', 'staging', '--json'], {
        cwd: project.path,
        env: { DATABASE_URL: database.url },
      })
    const migrated = parseReport((await run('migrate')).stdout)
    expect(migrated).toMatchObject({
      status: 'applied',
      ready: true,
      tracking: { schema: name, table: name },
    })
    const tables = await database.query<{ nspname: string; relname: string }>(listing)
    expect(
      tables
        .filter(({ nspname }) => nspname === 'public')
        .map(({ relname }) => relname)
        .sort(),
    ).toEqual(['a', 'canary'])
    const kept = tables.filter(({ nspname }) => nspname !== 'public')
    expect(kept.map(({ nspname }) => nspname)).toEqual([name, name, name, name])
    expect(kept.map(({ relname }) => relname)).toContain(name)
    expect(parseReport((await run('status')).stdout)).toMatchObject({ status: 'up-to-date' })
    expect(parseReport((await run('history')).stdout).events.length).toBeGreaterThan(0)
  })

  it('are refused where PostgreSQL would cut them', async () => {
    await using project = await aProject({
      'devflow.yml': JSON.stringify({
        version: '1',
        database: { migrations: { tracking_schema: 'ä'.repeat(32), tracking_table: '' } },
      }),
      'migrations/01_a.sql': '',
    })
    const { stdout } = await runCli(bundle.cli, ['db', 'validate', '--json'], { cwd: project.path })
    const told = parseReport(stdout).problems.map(({ message }) => message)
    expect(told).toEqual([
      expect.stringContaining('tracking_schema'),
      expect.stringContaining('tracking_table'),
    ])
  })
})
