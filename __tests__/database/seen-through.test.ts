import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { Door } from '../../src/database/open-session.js'
import { seenThrough } from '../../src/database/seen-through.js'
import type { Reply, SendOptions, Session } from '../../src/model/session.js'
import { aTarget } from '../support/builders.js'

const SENT = 'SELECT 1;'

/** What is asked of other connections while a message is not answered for six seconds. */
async function looksAt(
  options: SendOptions,
  isAlone: boolean,
  before: (session: Session) => unknown = () => {},
  after: (session: Session) => unknown = () => {},
): Promise<string[]> {
  const looks: string[] = []
  const never = new Promise<Reply>(() => {})
  const open = async (): Promise<Session> => ({
    processId: 1,
    send: async (sql) => {
      if (sql !== SENT) looks.push(sql)
      return never
    },
    cancel: async () => {},
    giveUp: () => {},
    [Symbol.asyncDispose]: async () => {},
  })
  const door: Door = { endpoint: aTarget(), open }
  const session = await seenThrough(door, { observe: () => {}, redact: String, isAlone }).open(() => {})
  before(session)
  void session.send(SENT, options)
  after(session)
  await sleep(6_000)
  await session[Symbol.asyncDispose]()
  return looks
}

describe('a message that is not answered', () => {
  it('is looked for once, unless a watch does that or its connection is closed', async () => {
    const [own, watched, alone, closed, kept] = await Promise.all([
      looksAt({}, false),
      looksAt({ isWatched: true }, false),
      looksAt({ isWatched: true }, true),
      looksAt({}, false, undefined, (session) => session[Symbol.asyncDispose]()),
      looksAt({}, false, (session) => session.keeps?.(4242)),
    ])
    expect([own, watched, alone, closed, kept].map((looks) => looks.length)).toEqual([1, 0, 1, 0, 1])
    expect(own[0]).toContain('pid = 1)')
    expect(kept[0]).toContain('pid = 4242)')
  })
})
