import { describe, expect, it } from '@jest/globals'
import { openLookout, type Seen } from '../../src/database/open-lookout.js'
import type { Reply, Session } from '../../src/model/session.js'

/** What a look is answered of who is asked, and of the process that is looked for. */
interface Answer {
  readonly server?: string
  readonly isThere?: boolean
  readonly isIdle?: boolean
  readonly isStandby?: boolean
  readonly looker?: number
}

const LOOKER = 77

function replyOf({ server = 'a', isThere, isIdle, isStandby, looker = LOOKER }: Answer): Reply {
  const bool = (value = false) => (value ? 't' : 'f')
  const presence = [server, bool(isThere), bool(isIdle), bool(isStandby), String(looker)]
  const none = { columns: [], rows: [] }
  return { results: [{ columns: [], rows: [presence] }, none, none, none, none], completed: 5, state: 'I' }
}

/** What was seen by looks that were answered so, and how many connections they took. */
async function look(
  answers: readonly Answer[],
  isOwn = true,
): Promise<{ seen: (Seen | undefined)[]; opened: number }> {
  const left = answers.values()
  let opened = 0
  const open = async (): Promise<Session> => {
    opened++
    return {
      processId: LOOKER,
      send: async () => replyOf(left.next().value ?? {}),
      cancel: async () => {},
      giveUp: () => {},
      [Symbol.asyncDispose]: async () => {},
    }
  }
  await using lookout = openLookout({ open }, String, () => {})
  const seen: (Seen | undefined)[] = []
  for (const _ of answers) seen.push(await lookout.look(1, isOwn))
  return { seen, opened }
}

const shown = { blockedBy: [], blocking: [] }

describe('a process that is looked for', () => {
  it('is gone where a server that is written to has it not, seen before or not, restarted or not', async () => {
    expect(await look([{}, {}, {}, {}])).toEqual({ seen: ['gone', 'gone', 'gone', 'gone'], opened: 4 })
    expect(await look([{ isThere: true }, {}])).toEqual({ seen: [shown, 'gone'], opened: 1 })
    expect(await look([{ isThere: true }, { server: 'b' }])).toEqual({ seen: [shown, 'gone'], opened: 1 })
  })

  it('is gone from a standby only where it was seen there: there may be several', async () => {
    const isStandby = true
    expect(await look([{ isStandby }, { isStandby }])).toEqual({ seen: [undefined, undefined], opened: 2 })
    expect((await look([{ isStandby, isThere: true }, { isStandby }])).seen).toEqual([shown, 'gone'])
    const elsewhere = { isStandby, server: 'b' }
    expect((await look([{ isStandby, isThere: true }, elsewhere])).seen).toEqual([shown, undefined])
  })

  it('is found on another connection, where the address leads to several servers', async () => {
    expect(await look([{}, { server: 'b', isThere: true }])).toEqual({ seen: ['gone', shown], opened: 2 })
  })

  it('waits for us where it has nothing to work on', async () => {
    expect((await look([{ isThere: true, isIdle: true }])).seen).toEqual(['idle'])
  })

  it.each([true, false])(
    'is not looked for by a number that a pooler made up (there: %p)',
    async (isThere) => {
      expect((await look([{ isThere, looker: 78 }], false)).seen).toEqual([undefined])
      expect((await look([{ isThere }], false)).seen).toEqual([isThere ? shown : 'gone'])
    },
  )
})
