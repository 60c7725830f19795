import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { aDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { compareTraces } from './baseline.js'
import type { Fault, Strike } from './fault.js'
import { openProxy, type PgProxy } from './pg-proxy.js'

const SETUP = 'CREATE TABLE done (what text)'
const INSERT = "INSERT INTO done VALUES ('a')"

/** Sends one message a statement; undefined, or what came instead of an answer. */
async function talk(url: string, statements: readonly string[]): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => {})
  try {
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
    return undefined
  } catch (error) {
    void client.end().catch(() => {})
    return error instanceof Error ? error.message : String(error)
  }
}

/** The number, on its side, of the first message whose text begins so, in a talk that nothing disturbs. */
async function find(url: string, side: Fault['side'], text: string): Promise<number> {
  await using proxy = await openProxy({ url })
  await talk(proxy.url, ['SET search_path = public'])
  const k = proxy.trace
    .filter((message) => message.side === side)
    .findIndex((one) => one.text.startsWith(text))
  if (k === -1) throw new Error(`no ${side} message begins with ${text}`)
  return k
}

interface Disturbed {
  readonly proxy: PgProxy
  readonly said: string | undefined
  readonly rows: number
}

/** `INSERT` in the place of the first query, disturbed. */
async function disturb(fault: Omit<Fault, 'k'>, message: string, strike?: Strike): Promise<Disturbed> {
  await using database = await aDatabase()
  await database.query(SETUP)
  const k = await find(database.url, fault.side, message)
  await using proxy = await openProxy({
    url: database.url,
    fault: { ...fault, k },
    ...(strike ? { strike } : {}),
  })
  const said = await talk(proxy.url, [INSERT, 'SELECT 2'])
  const rows = await database.query('SELECT FROM done')
  return { proxy, said, rows: rows.length }
}

describe('a proxy without a fault', () => {
  it('passes everything on, and traces two talks alike', async () => {
    await using database = await aDatabase()
    await database.query(SETUP)
    const traces: PgProxy['trace'][] = []
    for (let turn = 0; turn < 2; turn++) {
      await using proxy = await openProxy({ url: database.url })
      expect(await talk(proxy.url, [INSERT, 'SELECT 1'])).toBeUndefined()
      traces.push(proxy.trace)
    }
    const [one = [], other = []] = traces
    expect(one.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['startup', 'R', 'p', 'K', 'Z', 'Q', 'C', 'X']),
    )
    expect(compareTraces(one, other)).toBeUndefined()
    expect(await database.query('SELECT FROM done')).toHaveLength(2)
  })

  it('numbers the connections and knows from when on they are served', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({ url: database.url })
    await talk(proxy.url, ['SELECT 1'])
    await talk(proxy.url, ['SELECT 1'])
    const queries = proxy.trace.filter(({ type }) => type === 'Q')
    expect(queries.map(({ connection, served }) => [connection, served])).toEqual([
      [0, true],
      [1, true],
    ])
    expect(proxy.trace.find(({ type }) => type === 'p')?.served).toBe(false)
  })

  it('tells where two traces part', async () => {
    await using database = await aDatabase()
    const traces: PgProxy['trace'][] = []
    for (const statement of ['SELECT 1', 'SELECT now()']) {
      await using proxy = await openProxy({ url: database.url })
      await talk(proxy.url, [statement])
      traces.push(proxy.trace)
    }
    const [one = [], other = []] = traces
    expect(compareTraces(one, other)).toMatch(
      /is "frontend 0 Q SELECT #" in one and "frontend 0 Q SELECT now\(\)"/,
    )
  })
})

describe.each(['rst', 'fin'] as const)('a fault that ends the connection by %s', (how) => {
  it('keeps a message from the server', async () => {
    const { proxy, said, rows } = await disturb({ side: 'frontend', when: 'before', how }, 'Q')
    expect([proxy.fired(), rows]).toEqual([true, 0])
    expect(said).toBeDefined()
  })

  it('lets the server act and loses its reply', async () => {
    const { proxy, said, rows } = await disturb({ side: 'frontend', when: 'after', how }, 'Q')
    expect([proxy.fired(), rows]).toEqual([true, 1])
    expect(said).toBeDefined()
  })

  it('keeps a message from the client', async () => {
    const { proxy, said, rows } = await disturb({ side: 'backend', when: 'before', how }, 'C')
    expect([proxy.fired(), rows]).toEqual([true, 1])
    expect(proxy.trace.at(-1)?.text).toMatch(/^C /)
    expect(said).toBeDefined()
  })

  it('gives the client half a message', async () => {
    const { proxy, said, rows } = await disturb({ side: 'backend', when: 'half', how }, 'C')
    expect([proxy.fired(), rows]).toEqual([true, 1])
    expect(said).toBeDefined()
  })
})

describe('a fault', () => {
  it('does not happen at a message that never comes', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'frontend', k: 99, when: 'before', how: 'rst' },
    })
    expect(await talk(proxy.url, ['SELECT 1'])).toBeUndefined()
    expect(proxy.fired()).toBe(false)
  })

  it('happens once: who connects again gets through', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'frontend', k: 0, when: 'before', how: 'rst' },
    })
    expect(await talk(proxy.url, ['SELECT 1'])).toBeDefined()
    expect(await talk(proxy.url, ['SELECT 1'])).toBeUndefined()
  })

  it('that is for good lets nobody in any more', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'frontend', k: 0, when: 'before', how: 'rst', forGood: true },
    })
    expect(await talk(proxy.url, ['SELECT 1'])).toBeDefined()
    expect(await talk(proxy.url, ['SELECT 1'])).toMatch(/ECONNREFUSED/)
  })

  it('that stalls leaves the connection open and silent', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'backend', k: 0, when: 'before', how: 'stall' },
    })
    let said = 'nothing'
    void talk(proxy.url, ['SELECT 1']).then((told) => {
      said = told ?? 'all'
    })
    await proxy.happened
    expect(await talk(proxy.url, ['SELECT 1'])).toBeUndefined()
    expect(said).toBe('nothing')
    await proxy[Symbol.asyncDispose]()
    await until(async () => said !== 'nothing')
  })

  it('that strikes does so before the message, and knows whom the server gave the connection to', async () => {
    await using database = await aDatabase()
    const struck: unknown[] = []
    await using proxy = await openProxy({
      url: database.url,
      fault: {
        side: 'frontend',
        k: await find(database.url, 'frontend', 'Q'),
        when: 'before',
        how: 'strike',
      },
      strike: async (backend) => {
        struck.push(...(await database.query('SELECT pg_terminate_backend($1, 5000) AS ended', [backend])))
      },
    })
    expect(await talk(proxy.url, ['SELECT 1'])).toMatch(/terminating connection|terminated/)
    await until(async () => struck.length > 0)
    expect(struck).toEqual([{ ended: true }])
  })

  it('that strikes at an answer holds it back, with all that follows it and the end', async () => {
    await using database = await aDatabase()
    const k = await find(database.url, 'backend', 'C SET')
    let said = 'nothing'
    let heard = ''
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'backend', k, when: 'before', how: 'strike' },
      strike: async (backend) => {
        await database.query('SELECT pg_terminate_backend($1, 5000)', [backend])
        heard = said
      },
    })
    said = (await talk(proxy.url, ['SET search_path = public', 'SELECT 1'])) ?? 'all'
    expect(heard).toBe('nothing')
    // The first statement was done before; there is nobody for the second.
    expect(said).toMatch(/connection error|terminated/)
  })

  it('that is away for a while refuses so many connections', async () => {
    await using database = await aDatabase()
    await using proxy = await openProxy({
      url: database.url,
      fault: { side: 'frontend', k: 0, when: 'before', how: 'rst', refuses: 2 },
    })
    const talks: boolean[] = []
    for (let turn = 0; turn < 4; turn++) talks.push((await talk(proxy.url, ['SELECT 1'])) === undefined)
    expect(talks).toEqual([false, false, false, true])
  })

  it('that happens again does so at a later message of the client', async () => {
    await using database = await aDatabase()
    const k = await find(database.url, 'frontend', 'Q')
    await using proxy = await openProxy({
      url: database.url,
      // Start-up and the two messages of a password are the first of the next connection.
      fault: { side: 'frontend', k, when: 'before', how: 'rst', again: k },
    })
    const talks: boolean[] = []
    for (let turn = 0; turn < 3; turn++) talks.push((await talk(proxy.url, ['SELECT 1'])) === undefined)
    expect(talks).toEqual([false, false, true])
    expect(proxy.trace.filter(({ type }) => type === 'Q')).toHaveLength(3)
  })

  it('that something else follows does that at a later message of the client', async () => {
    await using database = await aDatabase()
    const k = await find(database.url, 'frontend', 'Q')
    const struck: (number | undefined)[] = []
    const open = (fault: Omit<Fault, 'side' | 'k' | 'when'>) =>
      openProxy({
        url: database.url,
        fault: { side: 'frontend', k, when: 'before', ...fault },
        strike: async (backend) => void struck.push(backend),
      })
    await using cut = await open({ how: 'rst', again: k, next: { when: 'before', how: 'strike' } })
    expect(await talk(cut.url, ['SELECT 1'])).toBeDefined()
    expect(struck).toEqual([])
    expect(await talk(cut.url, ['SELECT 1'])).toBeUndefined()
    expect(struck).toEqual([expect.any(Number)])
    await using asked = await open({ how: 'strike', again: 0, next: { when: 'after', how: 'rst' } })
    expect(await talk(asked.url, [SETUP, INSERT])).toBeDefined()
    expect(struck).toHaveLength(2)
    // It was delivered; the answer was not.
    expect(await database.query('SELECT what FROM done')).toEqual([{ what: 'a' }])
    await using both = await open({ how: 'rst', strikes: true })
    expect(await talk(both.url, ['SELECT 1'])).toBeDefined()
    expect(struck).toHaveLength(3)
  })
})
