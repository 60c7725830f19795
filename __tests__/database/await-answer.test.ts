import { describe, expect, it } from '@jest/globals'
import { type Asked, awaitAnswer } from '../../src/database/await-answer.js'
import { makeDoor } from '../../src/database/open-session.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Reply } from '../../src/model/session.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { access, aGoneProcess } from './a-session.js'

type Watching = Extract<ProgressEvent, { kind: 'watching' }>

const LOST: Reply = { results: [], completed: 0, state: 'lost' }

/** Waits for what is never answered, until it is given up or so long. */
async function waitFor(url: string, changed: Partial<Asked>, ms: number): Promise<Waited> {
  const door = await makeDoor(url, access)
  const started = Date.now()
  const events: ProgressEvent[] = []
  const closing = new AbortController()
  let opened = 0
  const counted = {
    open: (onNotice: Parameters<typeof door.open>[0]) => {
      opened++
      return door.open(onNotice)
    },
  }
  let reason = ''
  let seconds = Number.POSITIVE_INFINITY
  const sent = new Promise<Reply>((resolve) => {
    const late = setTimeout(resolve, ms, LOST)
    const giveUp = (said: string) => {
      reason = said
      seconds = (Date.now() - started) / 1_000
      clearTimeout(late)
      resolve(LOST)
    }
    const asked = {
      session: { giveUp },
      backend: 0,
      isOwn: true,
      closed: closing.signal,
      door: counted,
      observe: (event: ProgressEvent) => events.push(event),
      redact: String,
      ...changed,
    }
    void Promise.resolve().then(() => awaitAnswer(sent, asked))
  })
  await sent
  const watching = events.filter((event): event is Watching => event.kind === 'watching')
  return { reason, seconds, opened, watching }
}

interface Waited {
  readonly reason: string
  readonly seconds: number
  readonly opened: number
  readonly watching: readonly Watching[]
}

describe('an answer that does not come', () => {
  it('is given up some seconds after the process is seen to be gone', async () => {
    await using database = await aDatabase()
    const backend = await aGoneProcess(database.url)
    const [own, told] = await Promise.all([
      waitFor(database.url, { backend }, 50_000),
      waitFor(database.url, { backend, isOwn: false }, 50_000),
    ])
    for (const { reason, seconds, watching } of [own, told]) {
      expect(reason).toBe('the server has ended the session, and no word of it came through')
      expect(seconds).toBeGreaterThan(8)
      // One that may still be there is waited for for ten minutes.
      expect(seconds).toBeLessThan(50)
      expect(watching[0]?.doing).toBe('waiting for an answer of the server, of which nothing is to be seen')
    }
  })

  it('is waited for while somebody works on it, however long, and who is in its way is told', async () => {
    await using database = await aDatabase()
    await database.query('create table held (n int)')
    await using holder = await aClient(database.url)
    await holder.query('begin; lock table held')
    const door = await makeDoor(database.url, access)
    await using session = await door.open(() => {})
    const sent = session.send('alter table held add m int')
    const waited = await waitFor(database.url, { backend: session.processId, unseenMs: 1 }, 12_000)
    expect(waited.reason).toBe('')
    expect(waited.watching.map(({ doing }) => doing)).toContain(
      'waiting for AccessExclusiveLock on public.held',
    )
    expect(waited.watching[0]?.blockedBy).toHaveLength(1)
    await holder.query('rollback')
    expect((await sent).state).toBe('I')
  })

  it('is given up after long where the process waits for us, or nobody can tell', async () => {
    await using database = await aDatabase()
    const door = await makeDoor(database.url, access)
    await using session = await door.open(() => {})
    const backend = session.processId
    const refusing = { open: () => Promise.reject(new Error('No connection left.')) }
    const runs = await Promise.all([
      waitFor(database.url, { backend, unseenMs: 60_000 }, 50_000),
      waitFor(database.url, { backend, unseenMs: 9_000, door: refusing }, 50_000),
      waitFor(database.url, { backend, unseenMs: 9_000, door: aPooler(door) }, 50_000),
    ])
    for (const { reason, seconds } of runs) {
      expect(reason).toBe('no answer came for long, and nobody was seen at work on one')
      expect(seconds).toBeGreaterThan(9)
    }
    expect(runs[0]?.watching[0]?.doing).toContain('the server has nothing of it to work on')
  })
})

describe('an answer that may not take longer than so long', () => {
  it('is given up then, whoever works on it, unless it is heard of meanwhile', async () => {
    await using database = await aDatabase()
    const door = await makeDoor(database.url, access)
    await using session = await door.open(() => {})
    const sent = session.send('select pg_sleep(600)')
    const backend = session.processId
    const [silent, heard] = await Promise.all([
      waitFor(database.url, { backend, longestMs: 6_000 }, 15_000),
      waitFor(database.url, { backend, longestMs: 6_000, heardAt: Date.now }, 15_000),
    ])
    expect([silent.reason, heard.reason]).toEqual(['no answer came within 6 s', ''])
    expect(silent.seconds).toBeGreaterThan(6)
    expect(silent.watching[0]?.doing).toContain('which works on it')
    await database.query(`select pg_cancel_backend(${backend})`)
    await sent
  })
})

/** Tells whoever connects a number of its own. */
function aPooler(door: Asked['door']): Asked['door'] {
  return { open: async (onNotice) => ({ ...(await door.open(onNotice)), processId: 1 }) }
}

describe('an answer that is waited for', () => {
  it('opens nothing within the first seconds, nor after the connection is closed', async () => {
    await using database = await aDatabase()
    const closed = new AbortController()
    setTimeout(() => closed.abort(), 1_000)
    const [soon, late] = await Promise.all([
      waitFor(database.url, {}, 4_000),
      waitFor(database.url, { closed: closed.signal }, 10_000),
    ])
    expect([soon.opened, soon.watching, late.opened, late.watching]).toEqual([0, [], 0, []])
  })

  it('does not let a log that is gone end the wait', async () => {
    await using database = await aDatabase()
    const broken = () => {
      throw new Error('broken pipe')
    }
    const backend = await aGoneProcess(database.url)
    expect((await waitFor(database.url, { backend, observe: broken }, 50_000)).reason).not.toBe('')
  })
})
