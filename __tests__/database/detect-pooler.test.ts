import { describe, expect, it } from '@jest/globals'
import { detectPooler } from '../../src/database/detect-pooler.js'
import { type Door, makeDoor } from '../../src/database/open-session.js'
import type { Session } from '../../src/model/session.js'
import { UserError } from '../../src/model/user-error.js'
import { aPgBouncer, type PoolOptions } from '../support/a-pgbouncer.js'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { access, sent } from './a-session.js'

const { it: withPgBouncer } = needs('pgbouncer')

/** Counts what is opened, so that a test can say that nothing was. */
function counting(door: Door): Door & { readonly opened: () => number } {
  let opened = 0
  return {
    endpoint: door.endpoint,
    opened: () => opened,
    open: (onNotice) => {
      opened++
      return door.open(onNotice)
    },
  }
}

async function backendOf(session: Session): Promise<number> {
  return Number((await sent(session, 'SELECT pg_backend_pid()')).results[0]?.rows[0]?.[0])
}

async function detect(url: string, patienceMs?: number): Promise<string | undefined> {
  const door = await makeDoor(url, access)
  await using session = await door.open(() => {})
  const seen = await detectPooler(session, await backendOf(session), door, patienceMs)
  // Whatever was found, the connection can be used.
  if (seen === undefined) expect(await backendOf(session)).toBeGreaterThan(0)
  return seen
}

eachMajor('a connection', (major) => {
  it('to the server itself is known at once: nothing is asked, nothing opened', async () => {
    await using database = await aDatabase({ major })
    const door = counting(await makeDoor(database.url, access))
    await using session = await door.open(() => {})
    expect(await detectPooler(session, await backendOf(session), door)).toBeUndefined()
    expect(door.opened()).toBe(1)
  })

  const shared: readonly PoolOptions[] = [
    { mode: 'transaction', size: 1 },
    { mode: 'transaction', size: 5 },
    { mode: 'transaction', size: 5, roundRobin: true },
    { mode: 'statement', size: 1 },
    { mode: 'statement', size: 5, roundRobin: true },
  ]
  for (const options of shared) {
    withPgBouncer(`to a pool with ${JSON.stringify(options)} is told from one of its own`, async () => {
      await using database = await aDatabase({ major })
      await using pool = await aPgBouncer(database.url, options)
      expect(await detect(pool.url)).toMatch(
        /^two open connections had the same server process, \d+$|^one connection had the server process \d+, and a moment later \d+$/,
      )
    })
  }

  withPgBouncer('to a busy pool in transaction mode, whose processes change hands, is told too', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'transaction', size: 2, roundRobin: true })
    const door = await makeDoor(pool.url, access)
    await using first = await door.open(() => {})
    await using second = await door.open(() => {})
    // Both processes of the pool are there, and each has been used.
    await Promise.all([first.send('SELECT pg_sleep(1.5)'), second.send('SELECT pg_sleep(1.5)')])
    expect(await detect(pool.url)).toMatch(/server process/)
  })

  withPgBouncer('to a pool in session mode is its own', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session' })
    expect(await detect(pool.url)).toBeUndefined()
  })

  withPgBouncer('to a pool in session mode that has no process for a second one is its own', async () => {
    await using database = await aDatabase({ major })
    await using pool = await aPgBouncer(database.url, { mode: 'session', size: 1 })
    expect(await detect(pool.url, 300)).toBeUndefined()
  })
})

describe('a connection that another process answers than it was told', () => {
  /** Answers what it is asked with the next of the numbers; `undefined` is never answered. */
  const session = (...answers: (number | undefined)[]): Session => ({
    processId: 1,
    send: async () => {
      const answer = answers.shift()
      if (answer === undefined) return new Promise(() => {})
      return { results: [{ columns: ['pid'], rows: [[String(answer)]] }], completed: 1, state: 'I' }
    },
    giveUp: () => {},
    cancel: async () => {},
    [Symbol.asyncDispose]: async () => {},
  })
  const doorTo = (other: () => Promise<Session>): Door => ({
    endpoint: { host: 'pool', port: 6432, database: 'app', user: 'app', tls: 'off (private address)' },
    open: other,
  })

  it('is refused where no second connection can be had, with the reason', async () => {
    const full = doorTo(async () => {
      throw new UserError([{ message: 'Cannot connect: too many clients.', help: '' }])
    })
    expect(await detectPooler(session(7), 7, full)).toBe(
      'whether a connection keeps its server process could not be found out: Cannot connect: too many clients',
    )
  })

  it('is refused where it is not answered in time, and does not wait for ever', async () => {
    const door = doorTo(async () => session(8))
    expect(await detectPooler(session(), 7, door, 50)).toBe(
      'whether a connection keeps its server process could not be found out: a question was not answered in time',
    )
  })

  it('is refused where its process changes only when the second one is in a transaction', async () => {
    const door = doorTo(async () => session(8, 8))
    expect(await detectPooler(session(7, 7, 9), 7, door)).toBe(
      'one connection had the server process 7, and a moment later 9',
    )
  })

  it('passes on what is no mistake of anybody', async () => {
    const broken = doorTo(async () => {
      throw new TypeError('a bug')
    })
    await expect(detectPooler(session(7), 7, broken)).rejects.toThrow('a bug')
  })
})
