import { expect, it } from '@jest/globals'
import { LOCKING } from '../../../src/config/command-groups.js'
import { loadDisk } from '../../../src/config/load-disk.js'
import { makeConfig } from '../../../src/config/make-config.js'
import { type Door, makeDoor } from '../../../src/database/open-session.js'
import { READING_LOCK_MS } from '../../../src/database/reading-limit.js'
import { takeLock } from '../../../src/database/take-lock.js'
import type { Command } from '../../../src/model/inputs.js'
import type { Observe } from '../../../src/model/progress.js'
import { UserError } from '../../../src/model/user-error.js'
import { type Known, readHistory } from '../../../src/programs/target/read-history.js'
import { aSession, onlyLock, targetOf } from '../../database/a-session.js'
import { aRecorder } from '../../database/history/a-recorder.js'
import { aPgBouncer } from '../../support/a-pgbouncer.js'
import { aProject } from '../../support/a-project.js'
import { needs } from '../../support/needs.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'

const { it: withPgBouncer } = needs('pgbouncer')

interface Read {
  readonly known: Known | { readonly refused: string }
  /** Every message, of all connections, in order. */
  readonly sent: readonly string[]
  /** How many connections were opened. */
  readonly opened: number
}

/** Reads a target as a command does, and writes down what is sent. */
async function read(
  url: string,
  command: string,
  {
    signal,
    seenAs,
    given = {},
    observe = () => {},
    edit = (sql) => sql,
  }: {
    signal?: AbortSignal
    seenAs?: { host: string; port: number }
    given?: Readonly<Record<string, string>>
    observe?: Observe
    /** What is sent in place of a message. */
    edit?: (sql: string) => string
  } = {},
): Promise<Read> {
  await using project = await aProject()
  await project.write('migrations/01_a.sql', 'create table a ();')
  const config = await makeConfig(
    {
      entry: 'cli',
      given: { command, environment: 'test', ...given },
      variables: { DATABASE_URL: url },
      folder: project.path,
      ci: true,
      verbose: false,
    },
    loadDisk('0.1.0', undefined),
  )
  const sent: string[] = []
  let opened = 0
  const made = await makeDoor(url, config)
  const door = recording({ ...made, endpoint: { ...made.endpoint, ...seenAs } }, sent, () => opened++, edit)
  await using session = await door.open(() => {})
  const system = { observe, now: () => new Date(), ...(signal ? { signal } : {}) }
  const known = await readHistory(session, door, config, system).catch(refusalOf)
  return { known, sent, opened }
}

function refusalOf(error: unknown): { refused: string } {
  if (!(error instanceof UserError)) throw error
  return { refused: error.problems.map(({ message, help }) => `${message} ${help}`).join(' ') }
}

function recording(door: Door, sent: string[], onOpen: () => void, edit: (sql: string) => string): Door {
  return {
    endpoint: door.endpoint,
    open: async (onNotice) => {
      onOpen()
      const session = await door.open(onNotice)
      return {
        ...session,
        send: (sql, options) => {
          sent.push(sql)
          return session.send(edit(sql), options)
        },
      }
    },
  }
}

const asked: Readonly<Partial<Record<Command, Readonly<Record<string, string>>>>> = {
  rollback: { steps: '1' },
  repair: { applied: '01', reason: 'it was run by hand' },
  restore: { file: 'backup.dump' },
}

/** What is left behind on a session that somebody else uses next. */
const lasting = /^\s*SET (?!LOCAL)|set_config\((?![^;]*, true\))|advisory/im

/** Every command that works under the lock, with what it can not be asked for without. */
const locking: [string, Readonly<Record<string, string>>][] = LOCKING.map((command) => [
  command,
  asked[command] ?? {},
])

eachMajor('the preflight', (major) => {
  it.each(['status', 'plan', 'verify', 'history'])(
    'of %s sets nothing and takes no lock',
    async (command) => {
      await using database = await aDatabase({ major })
      const { known, sent, opened } = await read(database.url, command)
      expect(known).toMatchObject({ records: [], schemaExists: false })
      expect([sent.length, opened]).toEqual([1, 1])
      expect(sent.filter((message) => lasting.test(message))).toEqual([])
    },
  )

  it('of migrate is two messages: the facts, which set nothing; then settings, lock and records', async () => {
    await using database = await aDatabase({ major })
    const { known, sent, opened } = await read(database.url, 'migrate')
    expect([sent.length, opened]).toEqual([2, 1])
    expect(sent.map((message) => lasting.test(message))).toEqual([false, true])
    expect(known).toMatchObject({
      backend: expect.any(Number),
      settings: expect.stringContaining('SET lock_timeout'),
    })
    expect(sent[1]).toContain((known as Known).settings)
  })

  it('of a server that takes no writes ends with the facts', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set default_transaction_read_only = on`)
    const { known, sent, opened } = await read(database.url, 'migrate')
    expect(known).toEqual({ refused: expect.stringContaining('is set to read only') })
    expect([sent.length, opened]).toEqual([1, 1])
    expect(sent.filter((message) => lasting.test(message))).toEqual([])
  })

  it.each(locking)('of %s on another target than its own ends with the facts', async (command, given) => {
    await using database = await aDatabase({ major })
    // A run of its own, which has the lock: it is not waited for.
    await using _ = await aRecorder(database.url)
    const { known, sent, opened } = await read(database.url, command, { given })
    expect(known).toMatchObject({
      records: [],
      refusal: { message: expect.stringContaining('it is environment staging, and this run is for test') },
    })
    expect([sent.length, opened]).toEqual([1, 1])
    expect(sent.filter((message) => lasting.test(message))).toEqual([])
  })

  it('of migrate looks at the target again where it waited for the lock', async () => {
    await using database = await aDatabase({ major })
    const holder = await aRecorder(database.url)
    const become = (environment: string) =>
      database.query(`update devflow.target_identity set environment = '${environment}'`)
    await become('test')
    let moved: Promise<unknown> | undefined
    const observe: Observe = ({ kind }) => {
      if (kind === 'waiting-for-lock') moved ??= become('moved').then(() => holder[Symbol.asyncDispose]())
    }
    const { known } = await read(database.url, 'migrate', { observe })
    await moved
    expect(known).not.toHaveProperty('refusal')
    expect(known).toMatchObject({ target: { identity: { environment: 'moved' } } })
  })

  it.each(['status', 'migrate'])(
    'of %s waits for a table that somebody holds, and not for ever',
    async (command) => {
      await using database = await aDatabase({ major })
      await using _ = await aRecorder(database.url)
      await database.query(`update devflow.target_identity set environment = 'test'`)
      await using other = await aClient(database.url)
      await other.query('begin')
      await other.query('lock table devflow.schema_migrations in access exclusive mode')
      const sooner = (sql: string) => sql.replaceAll(`lock_timeout = ${READING_LOCK_MS}`, 'lock_timeout = 50')
      const { known } = await read(database.url, command, { edit: sooner })
      expect(known).toEqual({
        refused: expect.stringMatching(/lock timeout\. Another session holds the table/),
      })
    },
  )

  it('ends without a refusal when the run is asked to end while it waits for the lock', async () => {
    await using database = await aDatabase({ major })
    await using holder = await aSession(database.url)
    await takeLock(holder, targetOf(database), onlyLock)
    const { known } = await read(database.url, 'migrate', { signal: AbortSignal.abort('SIGTERM') })
    expect(known).toMatchObject({ cancelled: true, records: [] })
    expect(known).not.toHaveProperty('refusal')
  })

  withPgBouncer('of a pool that shares its processes is questions only', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'transaction' })
    const { known, sent } = await read(pool.url, 'migrate')
    expect(known).toEqual({ refused: expect.stringContaining('is a connection pooler') })
    expect(sent.filter((message) => lasting.test(message))).toEqual([])
  })

  withPgBouncer(
    'of a pool that shares its processes names the host and port of the provider to use instead',
    async () => {
      await using database = await aDatabase({ major })
      await using pool = await aPgBouncer(database.url, { mode: 'transaction' })
      const refusal = async (host: string, port: number) =>
        (await read(pool.url, 'migrate', { seenAs: { host, port } })).known
      expect(await refusal('aws-0-eu-central-1.pooler.supabase.com', 6543)).toEqual({
        refused: expect.stringContaining('Use aws-0-eu-central-1.pooler.supabase.com:5432 instead.'),
      })
      expect(await refusal('ep-sun-1-pooler.eu-central-1.aws.neon.tech', 5432)).toEqual({
        refused: expect.stringContaining('Use ep-sun-1.eu-central-1.aws.neon.tech:5432 instead.'),
      })
      expect(await refusal('db.example.com', 6432)).toEqual({
        refused: expect.stringContaining('Connect to PostgreSQL itself, or to a pool in session mode.'),
      })
    },
  )

  withPgBouncer('of a pool in session mode tells the true process', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session' })
    const { known, sent } = await read(pool.url, 'migrate')
    const { backend } = known as Known
    expect(await database.query('select datname from pg_stat_activity where pid = $1', [backend])).toEqual([
      { datname: database.name },
    ])
    expect(lasting.test(sent.at(-1) ?? '')).toBe(true)
  })
})
