import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const files = {
  'migrations/01_a.sql': 'create table a (n int);',
  'migrations/02_b.sql': 'insert into a values (2); select pg_sleep(60);',
}

/** Sessions of the run. Their locks go with them. */
async function left(database: TestDatabase, where = ''): Promise<number> {
  const rows = await database.query(
    `select 1 from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() ${where}`,
    [database.name],
  )
  return rows.length
}

function start(entry: string, cwd: string, env: Readonly<Record<string, string>>): ChildProcess {
  const words = entry.endsWith('cli.js') ? ['db', 'migrate', '--ci'] : []
  return spawn(process.execPath, [entry, ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), ENVIRONMENT: 'test', ...env },
    stdio: 'ignore',
  })
}

/**
 * Runs until the second file sleeps, sends the signal, and measures until the process, and all it left, are gone: how long
 * after the signal it was asked for and still there, however late the answer came.
 */
async function end(entry: 'cli' | 'action', database: TestDatabase, signal: NodeJS.Signals) {
  await using project = await aProject(files)
  const env = { DATABASE_URL: database.url, GITHUB_WORKSPACE: project.path, INPUT_REHEARSE: 'off' }
  await project.write('devflow.yml', 'database: { environments: { test: { rehearse: "off" } } }\n')
  const child = start(bundle[entry], project.path, env)
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await until(async () => (await left(database, "and wait_event = 'PgSleep'")) > 0)
  const asked = performance.now()
  child.kill(signal)
  const exitCode = await exited
  const exitMs = performance.now() - asked
  let thereMs = 0
  await until(async () => {
    const at = performance.now()
    const isThere = (await left(database)) > 0
    if (isThere) thereMs = at - asked
    return !isThere
  })
  return { exitCode, exitMs, thereMs }
}

const GONE_WITHIN_MS = 2_000

eachMajor('a run', (major) => {
  it('that is killed leaves neither session nor lock for longer than 2 seconds, and half a file never', async () => {
    // The server looks for its client after a second. A machine that keeps it from looking does not do so each time.
    const there: number[] = []
    while (there.length < 3 && !there.some((ms) => ms < GONE_WITHIN_MS)) {
      await using database = await aDatabase({ major })
      there.push((await end('cli', database, 'SIGKILL')).thereMs)
      expect(await database.query('select n from a')).toEqual([])
      expect(await database.query('select version, status from devflow.schema_migrations')).toEqual([
        { version: '01', status: 'completed' },
      ])
    }
    expect(Math.min(...there)).toBeLessThan(GONE_WITHIN_MS)
  }, 180_000)

  it.each([
    ['cli', 'SIGINT', 130],
    ['action', 'SIGTERM', 143],
    ['cli', 'SIGHUP', 129],
  ] as const)(
    'of the %s that gets %s leaves within 5 seconds and has recorded what was cancelled',
    async (entry, signal, code) => {
      await using database = await aDatabase({ major })
      const { exitCode, exitMs } = await end(entry, database, signal)
      expect(exitCode).toBe(code)
      expect(exitMs).toBeLessThan(5_000)
      expect(
        await database.query('select version, status from devflow.schema_migrations order by 1'),
      ).toEqual([
        { version: '01', status: 'completed' },
        { version: '02', status: 'failed' },
      ])
    },
  )
})
