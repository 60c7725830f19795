import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { openSocketServer, SOCKET_PREFIX } from '../../../../src/database/embedded/open-socket-server.js'
import { loadServerAccount } from '../../../../src/database/embedded/server-account.js'
import { sweepScratch } from '../../../../src/database/embedded/sweep-scratch.js'
import { openShadow } from '../../../../src/database/shadows/open-shadow.js'
import type { Shadow } from '../../../../src/database/shadows/shadow.js'
import { SHADOW_KINDS } from '../../../../src/database/shadows/shadow-kinds.js'
import type { ProgressEvent } from '../../../../src/model/progress.js'
import { asRoot } from '../../../support/as-root.js'
import { aFolder } from '../../../support/postgres/a-folder.js'
import { binariesOf, eachMajor } from '../../../support/postgres/major.js'
import { until } from '../../../support/until.js'
import { aRequest, aTarget } from '../a-request.js'

describe('a shadow from binaries', () => {
  it('is a server of the machine, with the names of the target', async () => {
    await using shadow = await aShadow()
    await using session = await shadow.open(() => {})
    const { results } = await session.send(
      'SELECT current_user, current_database(), is_superuser FROM (SELECT current_setting($$is_superuser$$) is_superuser) s',
    )
    expect(results[0]?.rows).toEqual([['app_owner', 'app', 'off']])
    expect(shadow.where).toMatch(/^on a PostgreSQL \d+ started from \/.+ for this run$/)
  })

  it('runs no program of the machine for the SQL of a file', async () => {
    await using shadow = await aShadow()
    await using session = await shadow.open(() => {})
    for (const sql of [
      "COPY (SELECT 1) TO PROGRAM 'true'",
      "SELECT pg_read_file('/etc/passwd')",
      'SET SESSION AUTHORIZATION postgres',
      "ALTER SYSTEM SET archive_command = 'true'",
      'CREATE ROLE root SUPERUSER',
    ])
      expect((await session.send(sql)).error?.code).toMatch(/^(?:42501|22023)$/)
  })

  it('takes the names that the server behind a pooler has', async () => {
    await using shadow = await aShadow()
    await shadow.rename({ role: 'postgres', database: 'postgres' })
    await using session = await shadow.open(() => {})
    const { results } = await session.send('SELECT current_user, current_database()')
    expect(results[0]?.rows).toEqual([['postgres', 'postgres']])
  })

  it('lets files name a role and a database with odd names', async () => {
    const target = aTarget({ user: 'Ünï "q" @:/?', database: "it's % # & one" })
    await using shadow = await aShadow({ target })
    await using session = await shadow.open(() => {})
    const { results } = await session.send('SELECT current_user, current_database()')
    expect(results[0]?.rows).toEqual([[target.user, target.database]])
  })

  it('says that it is of another major', async () => {
    await using shadow = await aShadow({ target: aTarget({ serverMajor: 99 }) })
    expect(shadow.limits).toEqual([expect.stringContaining('what only the newer one knows fails here')])
  })
})

eachMajor('a server on a socket', (major) => {
  it('answers on a socket in a folder of its account alone, and leaves nothing behind', async () => {
    const server = await aServer(major)
    expect(statSync(server.socketFolder).mode & 0o777).toBe(0o700)
    const log = readFileSync(join(server.socketFolder, 'postgres.log'), 'utf8')
    expect(log).not.toMatch(/listening on IPv/)
    await server[Symbol.asyncDispose]()
    expect(existsSync(server.socketFolder)).toBe(false)
  })
})

describe('a server on a socket', () => {
  it('is ready in time', async () => {
    const start = Date.now()
    await using _server = await aServer(18)
    // A minute is when it is given up.
    expect(Date.now() - start).toBeLessThan(45_000)
  })

  it('says what stood against it, and leaves nothing behind', async () => {
    await using place = await aFolder()
    const usual = process.env.TMPDIR
    process.env.TMPDIR = place.path
    try {
      const account = await loadServerAccount()
      const programs = { npm: await binariesOf(18) }
      const opening = openSocketServer({ programs, account, settings: ['no_such_setting=1'] })
      await expect(opening).rejects.toThrow(/no_such_setting/)
      expect(readdirSync(place.path)).toEqual([])
    } finally {
      process.env.TMPDIR = usual
      if (usual === undefined) delete process.env.TMPDIR
    }
  })

  asRoot('does not run as root', async () => {
    await using server = await aServer(18)
    expect(statSync(server.socketFolder).uid).not.toBe(0)
  })
})

describe('a run that is killed', () => {
  it('leaves no server and no folder', async () => {
    const run = await startRun()
    process.kill(run.pid, 'SIGKILL')
    await until(async () => !isAlive(run.serverPid) && !existsSync(run.folder))
  })

  it('is cleared away by the next run when its guard was killed with it', async () => {
    const run = await startRun()
    for (const pid of await childrenOf(run.pid)) if (pid !== run.serverPid) process.kill(pid, 'SIGKILL')
    process.kill(run.pid, 'SIGKILL')
    await until(async () => !isAlive(run.pid))
    expect(isAlive(run.serverPid)).toBe(true)
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount())
    expect([isAlive(run.serverPid), existsSync(run.folder)]).toEqual([false, false])
  })
})

describe('a sweep', () => {
  it('leaves the folders of runs that are alive alone', async () => {
    await using server = await aServer(18)
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount())
    expect(existsSync(join(server.socketFolder, '.s.PGSQL.5432'))).toBe(true)
  })

  it('leaves a folder alone that may just have been made', async () => {
    const folder = await mkdtemp(join(tmpdir(), SOCKET_PREFIX))
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount())
    expect(existsSync(folder)).toBe(true)
    await abandon(folder)
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount())
    expect(existsSync(folder)).toBe(false)
  })

  it('stops no process but the folder’s own server', async () => {
    const folder = await mkdtemp(join(tmpdir(), SOCKET_PREFIX))
    spawnSync('mkdir', [join(folder, 'data')])
    const bystander = spawn('sleep', ['60'])
    await writeFile(join(folder, 'data', 'postmaster.pid'), `${bystander.pid}\n`)
    await abandon(folder)
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount())
    expect(existsSync(folder)).toBe(false)
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    bystander.kill()
  })
})

describe('a shadow of which a process hangs', () => {
  it('is told of and lost, and stopped all the same', async () => {
    const told: (string | undefined)[] = []
    const observe = (event: ProgressEvent) => void (event.kind === 'watching' && told.push(event.doing))
    const shadow = await aShadow({ answersWithinMs: 500, observe })
    const session = await shadow.open(() => {})
    process.kill(session.processId, 'SIGSTOP')
    const reply = await session.send('SELECT 1', { keepRows: false, isWatched: true })
    expect(reply).toMatchObject({ state: 'lost', error: { message: 'no answer came within 0.5 s' } })
    expect(told[0]).toMatch(/^on the shadow: the server has nothing of it to work on/)
    const started = Date.now()
    await session[Symbol.asyncDispose]()
    await shadow[Symbol.asyncDispose]()
    expect(Date.now() - started).toBeLessThan(40_000)
    await until(async () => !isAlive(session.processId))
  }, 90_000)
})

/** As a run leaves it that is over. */
function abandon(folder: string): Promise<void> {
  const { pid = 0 } = spawnSync('true')
  return writeFile(
    join(folder, 'devflow-run.json'),
    JSON.stringify({ pid, start: 'long ago', place: placeNow() }),
  )
}

function placeNow(): string {
  const name = spawnSync('hostname', { encoding: 'utf8' }).stdout.trim()
  const namespace = spawnSync('readlink', ['/proc/self/ns/pid'], { encoding: 'utf8' }).stdout.trim()
  return `${name} ${namespace}`
}

async function aShadow(overrides: Parameters<typeof aRequest>[0] = {}): Promise<Shadow> {
  const found = await openShadow(aRequest(overrides), [SHADOW_KINDS['from-binaries']])
  if ('why' in found) throw new Error(found.why.join('; '))
  return found
}

async function aServer(major: 15 | 18) {
  return openSocketServer({ programs: { npm: await binariesOf(major) }, account: await loadServerAccount() })
}

/** Another process that opens a shadow and stays. */
async function startRun(): Promise<{ pid: number; serverPid: number; folder: string }> {
  const file = fileURLToPath(new URL('./open-and-stay.mjs', import.meta.url))
  const child = spawn(process.execPath, [file, await binariesOf(18)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const { folder, serverPid } = JSON.parse(line) as { folder: string; serverPid: number }
  return { pid: child.pid ?? 0, folder, serverPid }
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
  return stdout.trim().split(/\s+/).map(Number)
}

function isAlive(pid: number): boolean {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 && !stdout.startsWith('Z')
}
