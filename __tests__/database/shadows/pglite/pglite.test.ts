import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openShadow } from '../../../../src/database/shadows/open-shadow.js'
import { findPglite } from '../../../../src/database/shadows/pglite/find-pglite.js'
import { startWorker } from '../../../../src/database/shadows/pglite/start-worker.js'
import type { Shadow } from '../../../../src/database/shadows/shadow.js'
import { SHADOW_KINDS } from '../../../../src/database/shadows/shadow-kinds.js'
import type { ProgressEvent } from '../../../../src/model/progress.js'
import { aRequest } from '../a-request.js'

let shadow: Shadow

beforeAll(async () => {
  shadow = await aShadow()
})

afterAll(async () => {
  await shadow[Symbol.asyncDispose]()
})

describe('a shadow on PGlite', () => {
  it('is a session like any other', async () => {
    await using session = await shadow.open(() => {})
    const reply = await session.send(
      'CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT count(*) FROM t',
    )
    expect(reply).toMatchObject({ completed: 3, state: 'I', results: [{ rows: [['2']] }] })
    const failed = await session.send('BEGIN; SELECT 1; SELECT nowhere')
    expect(failed).toMatchObject({
      completed: 2,
      state: 'E',
      error: { code: '42703', characterPosition: 25 },
    })
    expect(shadow.where).toMatch(/^on PGlite, PostgreSQL \d+ as WebAssembly/)
  })

  it('tells of notices', async () => {
    const said: string[] = []
    await using session = await shadow.open((_severity, message) => said.push(message))
    await session.send("DO $$ begin raise notice 'hello'; end $$")
    expect(said).toEqual(['hello'])
  })

  it('reads the rows of a COPY, in several chunks and tables', async () => {
    await using session = await shadow.open(() => {})
    const many = Array.from({ length: 100_000 }, (_, n) => `${n}\n`).join('')
    await session.send('CREATE TABLE c (a int)')
    const copies = [many, '1\n2\n']
    expect(
      (await session.send('COPY c FROM STDIN; COPY c FROM STDIN;', { keepRows: false, copies })).error,
    ).toBeUndefined()
    expect((await session.send('SELECT count(*) FROM c')).results[0]?.rows).toEqual([['100002']])
    const bad = await session.send('COPY c FROM STDIN; SELECT 1', { copies: ['1\nx\n'] })
    expect(bad.error).toMatchObject({ code: '22P02', copyLines: [2] })
  })

  it('is not ended by a COPY that there are no rows for', async () => {
    await using session = await shadow.open(() => {})
    expect((await session.send('CREATE TABLE d (a int); COPY d FROM STDIN')).error?.code).toBe('57014')
    expect((await session.send('SELECT 1')).results[0]?.rows).toEqual([['1']])
  })

  it('takes a message longer than a chunk', async () => {
    await using session = await shadow.open(() => {})
    const { results } = await session.send(`SELECT length('${'é'.repeat(700_000)}')`)
    expect(results[0]?.rows).toEqual([['700000']])
  })

  it('has nothing of a session left in the next', async () => {
    {
      await using session = await shadow.open(() => {})
      await session.send('BEGIN; CREATE TABLE never (a int)')
    }
    {
      await using session = await shadow.open(() => {})
      await session.send("SET search_path = 'elsewhere'; CREATE TEMPORARY TABLE gone ()")
    }
    await using session = await shadow.open(() => {})
    const { results } = await session.send(
      "SELECT to_regclass('never'), to_regclass('gone'), current_setting('search_path') = 'elsewhere'",
    )
    expect(results[0]?.rows).toEqual([[null, null, 'f']])
  })

  it('has the modules that come with it', async () => {
    await using session = await shadow.open(() => {})
    for (const name of ['pgcrypto', 'citext', '"uuid-ossp"', 'pg_trgm'])
      expect((await session.send(`CREATE EXTENSION ${name}`)).error).toBeUndefined()
  })
})

describe('PGlite', () => {
  it('that ends loses its connection, and nothing else', async () => {
    await using other = await aShadow()
    const session = await other.open(() => {})
    const reply = await session.send("COPY (SELECT 1) TO PROGRAM 'true'")
    expect(reply).toMatchObject({ state: 'lost', error: { code: 'connection-lost' } })
    expect((await session.send('SELECT 1')).state).toBe('lost')
  })

  it('that does not answer in time is given up', async () => {
    const file = findPglite([process.cwd()]) ?? ''
    await using worker = await startWorker(file, 500)
    const query = Buffer.from('Q\0\0\0\0SELECT pg_sleep(60)\0')
    query.writeInt32BE(query.length - 1, 1)
    await expect(worker.send(query, () => {})).rejects.toThrow('PGlite did not answer within 0.5 s')
  })

  it('that takes long is told of, and given up in time', async () => {
    const told: (string | undefined)[] = []
    const observe = (event: ProgressEvent) => void (event.kind === 'watching' && told.push(event.doing))
    await using slow = await aShadow({ observe, answersWithinMs: 6_000 })
    const session = await slow.open(() => {})
    const reply = await session.send('SELECT pg_sleep(60)')
    expect(reply).toMatchObject({ state: 'lost', error: { message: 'PGlite did not answer within 6 s' } })
    expect(told).toEqual(['on the shadow: waiting for an answer of PGlite'])
  })

  it('is not to be had where nobody installed it', async () => {
    expect(findPglite(['/'])).toBeUndefined()
  })
})

async function aShadow(overrides: Parameters<typeof aRequest>[0] = {}): Promise<Shadow> {
  const found = await openShadow(aRequest(overrides), [SHADOW_KINDS.pglite])
  if ('why' in found) throw new Error(found.why.join('; '))
  return found
}
