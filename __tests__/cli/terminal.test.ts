import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { type Act, atTerminal } from '../support/at-terminal.js'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'

/** util-linux's `script` gives a program a terminal of its own. */
const { it: onTerminal } = needs({ program: 'script', atLeast: 2 })

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const files = { 'migrations/01_a.sql': 'CREATE TABLE a ();', 'migrations/02_b.sql': 'CREATE TABLE b ();' }

interface Seen {
  /** Everything that the terminal was sent. */
  readonly screen: string
  readonly exitCode: number | null
}

/** Runs `devflow …` on a terminal; `answer` is typed once it asks. */
async function answering(
  project: Project,
  line: string,
  env: Readonly<Record<string, string>>,
  answer = '',
): Promise<Seen> {
  const command = `stty cols 100; exec "${process.execPath}" "${bundle.cli}" ${line}`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: project.path,
    env: { PATH: process.env.PATH, HOME: tmpdir(), TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const asked = screen.includes('Type yes')
    screen += chunk
    if (!asked && screen.includes('Type yes')) child.stdin.write(`${answer}\n`)
  })
  const exitCode = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  return { screen, exitCode }
}

const migrate = 'db migrate --env staging'

describe('on a terminal', () => {
  onTerminal('migrate asks for staging, and a no cancels with nothing applied', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url }
    const { screen, exitCode } = await answering(project, migrate, env, 'no')
    expect(screen).toContain('Apply 2 migrations to staging?')
    expect(screen).toContain('Cancelled. Nothing was applied')
    expect(exitCode).toBe(1)
    expect(
      await database.query(`SELECT 1 FROM pg_class WHERE relname IN ('a', 'schema_migrations')`),
    ).toEqual([])
  })

  onTerminal('a yes applies, under a bar and in colour', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url }
    const { screen, exitCode } = await answering(project, migrate, env, 'yes')
    expect(screen).toMatch(/[█░]{3,} [01]\/2 0[12]_/)
    expect(screen).toContain('\u001b[32m')
    expect(screen).toContain('2 migrations applied to staging')
    expect(exitCode).toBe(0)
    const lines = screen.split('\n')
    const verdict = lines.findIndex((line) => line.includes('2 migrations applied'))
    expect(lines.slice(verdict).join('\n')).not.toMatch(/[█░]/)
  })

  onTerminal('it does not ask for development, nor where nothing is to be applied', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url }
    const dry = await answering(project, `${migrate} --dry-run`, env)
    expect([dry.exitCode, dry.screen.includes('Type yes')]).toEqual([0, false])
    const development = await answering(project, 'db migrate --env dev', env)
    expect([development.exitCode, development.screen.includes('Type yes')]).toEqual([0, false])
    const again = await answering(project, 'db migrate --env dev', env)
    expect([again.exitCode, again.screen.includes('Type yes')]).toEqual([0, false])
  })

  onTerminal('--ci neither asks nor draws, and NO_COLOR takes the colours only', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url }
    const ci = await answering(project, `${migrate} --ci --dry-run`, env)
    expect(ci.screen).not.toMatch(/[█░\u001b]/)
    const plain = await answering(project, 'db migrate --env dev', { ...env, NO_COLOR: '1' })
    expect(plain.screen).not.toMatch(/\u001b\[\d+m/)
    expect(plain.screen).toMatch(/█|░/)
    expect(plain.exitCode).toBe(0)
  })
})

/** Some 100 ms on a quiet machine. Otherwise it would go on asking for ever. */
const SOON_MS = 15_000

const ENDS: readonly (readonly [name: string, act: Act, signal: string, status: number])[] = [
  ['^C', { type: '\u0003' }, 'SIGINT', 130],
  ['SIGTERM', { send: 'SIGTERM' }, 'SIGTERM', 143],
  ['closing the terminal', 'close', 'SIGHUP', 129],
]

describe('at a question', () => {
  for (const [name, act, signal, status] of ENDS) {
    onTerminal(`${name} ends the run at once, with a report and nothing done`, async () => {
      await using database = await aDatabase()
      await using project = await aProject({
        ...files,
        'migrations/02_b.down.sql': 'DROP TABLE b;',
      })
      const at = { cwd: project.path, env: { DATABASE_URL: database.url } }
      const words = (command: string) =>
        `"${process.execPath}" "${bundle.cli}" db ${command} --env staging --json`
      const planned = await atTerminal({ ...at, line: words('migrate'), asks: 'Type yes' }, act)
      expect([planned.status, JSON.parse(planned.stdout)]).toEqual([status, cancelled(signal, status)])
      expect(planned.ms).toBeLessThan(SOON_MS)
      await atTerminal({ ...at, line: words('migrate'), asks: 'Type yes' }, { type: 'yes\n' })
      const undone = await atTerminal({ ...at, line: words('rollback --steps 1'), asks: 'Type yes' }, act)
      expect([undone.status, JSON.parse(undone.stdout)]).toEqual([status, cancelled(signal, status)])
      expect(undone.ms).toBeLessThan(SOON_MS)
      const rows = await database.query('select version, status from devflow.schema_migrations order by 1')
      expect(rows.map(({ status: state }) => state)).toEqual(['completed', 'completed'])
    })
  }

  const cancelled = (endedBy: string, exitCode: number) =>
    expect.objectContaining({ status: 'cancelled', endedBy, exitCode })
})

describe('while a statement runs', () => {
  onTerminal('closing the terminal cancels it, and the report is there', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'SELECT pg_sleep(60);' })
    const line = `"${process.execPath}" "${bundle.cli}" db migrate --env dev --rehearse off --json`
    const at = { line, cwd: project.path, env: { DATABASE_URL: database.url }, asks: '01_a' }
    const { status, stdout } = await atTerminal(at, 'close')
    expect(status).toBe(129)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', endedBy: 'SIGHUP', exitCode: 129 })
  })
})
