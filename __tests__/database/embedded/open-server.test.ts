import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { openServer, type ServerOptions } from '../../../src/database/embedded/open-server.js'
import { UserError } from '../../../src/model/user-error.js'
import { aFolder } from '../../support/postgres/a-folder.js'
import { binariesOf, eachMajor } from '../../support/postgres/major.js'

eachMajor('a server of our own', (major) => {
  it('answers as long as it is open, and leaves nothing behind', async () => {
    const server = await openServer({ binaries: await binariesOf(major) })
    expect(await query(server.url(), 'show server_version')).toMatch(new RegExp(`^${major}\\.`))
    await server.stop()
    await expect(query(server.url(), 'select 1')).rejects.toThrow('ECONNREFUSED')
    expect(existsSync(dirname(server.dataFolder))).toBe(false)
  })

  it('lets nobody in without the password, and listens on the loopback address only', async () => {
    await using server = await openServer({ binaries: await binariesOf(major) })
    const url = new URL(server.url())
    expect(url.password).toMatch(/^[0-9a-f]{48}$/)
    expect(await query(url.href, 'show listen_addresses')).toBe('127.0.0.1')
    url.password = 'guess'
    await expect(query(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  })

  it('keeps the data of a named folder, and keeps it safe', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(major), dataFolder: join(folder.path, 'data') }
    {
      await using first = await openServer(options)
      await query(first.url(), 'create table kept as select 42 as answer')
      expect(await query(first.url(), 'show fsync')).toBe('on')
      expect(await query(first.url(), 'show full_page_writes')).toBe('on')
    }
    await using second = await openServer(options)
    expect(await query(second.url(), 'select answer::text from kept')).toBe('42')
  })
})

describe('a server on a folder', () => {
  it('is waited for by a second run, and said to be', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(18), dataFolder: join(folder.path, 'data') }
    const first = await openServer(options)
    const said: string[] = []
    const second = openServer({ ...options, onWait: (sentence) => said.push(sentence) })
    await query(first.url(), 'create table seen as select 1')
    await until(() => said.length > 0)
    await first.stop()
    await using server = await second
    expect(await query(server.url(), 'select count(*)::text from seen')).toBe('1')
    expect(said).toEqual([expect.stringContaining('Another run uses the local database')])
  })

  it('is refused after the wait, and the run that has it is not disturbed', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(18), dataFolder: join(folder.path, 'data') }
    await using first = await openServer(options)
    await expect(openServer({ ...options, waitMs: 300 })).rejects.toThrow(/in use by another run/)
    expect(await query(first.url(), 'select 1::text')).toBe('1')
  })

  it('comes up once for two runs that both make the folder', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(18), dataFolder: join(folder.path, 'data') }
    const seen = await Promise.all([addOne(options), addOne(options)])
    expect(seen.sort()).toEqual(['1', '2'])
  })

  it('starts over a process file that a killed server left, whoever has its number now', async () => {
    await using folder = await aFolder()
    const dataFolder = join(folder.path, 'data')
    const options = { binaries: await binariesOf(18), dataFolder }
    await (await openServer(options)).stop()
    for (const pid of [process.pid, 1, 4_000_000]) {
      await writeFile(
        join(dataFolder, 'postmaster.pid'),
        `${pid}\n${dataFolder}\n0\n1\n\n127.0.0.1\n\nready\n`,
      )
      await using server = await openServer(options)
      expect(await query(server.url(), 'select 1::text')).toBe('1')
    }
  })

  it('is stopped and started afresh when the run that had it was killed together with its guard', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(18), dataFolder: join(folder.path, 'data') }
    const run = await startRun(options, 'stays', folder.path)
    process.kill(await guardOf(run.serverPid, run.pid), 'SIGKILL')
    await killed(run)
    expect(isAlive(run.serverPid)).toBe(true)
    await using server = await openServer(options)
    expect(isAlive(run.serverPid)).toBe(false)
    expect(await query(server.url(), 'select 1::text')).toBe('1')
  })

  it('refuses a folder that holds something else, and leaves it as it was', async () => {
    await using folder = await aFolder()
    await writeFile(join(folder.path, 'thesis.txt'), 'important')
    const opening = openServer({ binaries: await binariesOf(18), dataFolder: folder.path })
    await expect(opening).rejects.toThrow(/is not empty and not a local database that devflow made/)
    await expect(opening).rejects.toBeInstanceOf(UserError)
    expect(await readFile(join(folder.path, 'thesis.txt'), 'utf8')).toBe('important')
  })

  it('refuses the data of another major, naming both', async () => {
    await using folder = await aFolder()
    const dataFolder = join(folder.path, 'data')
    await (await openServer({ binaries: await binariesOf(15), dataFolder })).stop()
    await expect(openServer({ binaries: await binariesOf(18), dataFolder })).rejects.toThrow(
      /made by PostgreSQL 15; installed is PostgreSQL 18/,
    )
  })
})

describe('a server', () => {
  it('stops, and takes its temporary folder along, when the process that opened it is killed', async () => {
    const run = await startRun({ binaries: await binariesOf(18) })
    await killed(run)
    await until(() => !isAlive(run.serverPid) && !existsSync(dirname(run.dataFolder)))
  })

  it('does not keep a process alive that forgot to stop it', async () => {
    const run = await startRun({ binaries: await binariesOf(18) }, 'forgets')
    expect(await run.exit).toBe(0)
    await until(() => !existsSync(dirname(run.dataFolder)))
  })

  it('says that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await expect(openServer({ binaries: await binariesOf(18), port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is taken`,
    )
    taken.close()
  })

  it('adds to the log that is named', async () => {
    await using folder = await aFolder()
    const log = join(folder.path, 'postgres.log')
    await using _server = await openServer({ binaries: await binariesOf(18), log })
    expect(await readFile(log, 'utf8')).toContain('database system is ready to accept connections')
    expect((await stat(log)).mode & 0o777).toBe(0o600)
  })
})

async function query(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return String(rows[0]?.[0])
  } finally {
    await client.end()
  }
}

async function addOne(options: ServerOptions): Promise<string> {
  await using server = await openServer(options)
  await query(server.url(), 'create table if not exists runs (id int)')
  await query(server.url(), 'insert into runs values (1)')
  return await query(server.url(), 'select count(*)::text from runs')
}

interface Run {
  readonly pid: number
  readonly serverPid: number
  readonly dataFolder: string
  readonly exit: Promise<number | null>
}

/** Another process that opens a server, and stays until it is killed unless it forgets. */
async function startRun(
  options: ServerOptions,
  how: 'stays' | 'forgets' = 'stays',
  temporary = tmpdir(),
): Promise<Run> {
  const file = fileURLToPath(new URL('./open-and-stay.mjs', import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify(options), how], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary },
  })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const { dataFolder, serverPid } = JSON.parse(line) as Pick<Run, 'dataFolder' | 'serverPid'>
  return { pid: child.pid ?? 0, dataFolder, serverPid, exit }
}

async function killed(run: Run): Promise<void> {
  process.kill(run.pid, 'SIGKILL')
  await run.exit
}

/** The process of the shell that `run` started beside the server. */
async function guardOf(serverPid: number, parent: number): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  const others = children.trim().split(' ').map(Number)
  const guard = others.find((pid) => pid !== serverPid)
  if (guard === undefined) throw new Error(`no guard among ${children}`)
  return guard
}

/** Where nobody collects orphans, as in some containers, a process that has ended stays as a zombie. */
function isAlive(pid: number): boolean {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 && !stdout.startsWith('Z')
}

async function until(holds: () => boolean): Promise<void> {
  const limit = Date.now() + 45_000
  while (!holds()) {
    if (Date.now() > limit) throw new Error('it did not come about within 45 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
