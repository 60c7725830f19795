import { describe, expect, it } from '@jest/globals'
import { openLookout, type Seen } from '../../src/database/open-lookout.js'
import { ConnectionError, type ConnectionTrouble } from '../../src/model/connection-error.js'
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

function aLooker(send: Session['send']): Session {
  const nothing = { cancel: async () => {}, giveUp: () => {}, [Symbol.asyncDispose]: async () => {} }
  return { processId: LOOKER, send, ...nothing }
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
    return aLooker(async () => replyOf(left.next().value ?? {}))
  }
  await using lookout = openLookout({ open }, String, () => {})
  const seen: (Seen | undefined)[] = []
  const home = {}
  for (const _ of answers) seen.push(await lookout.look(1, home, isOwn))
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

  it('is gone where a server that was restarted has given its number to another', async () => {
    const another = { server: 'b', isThere: true }
    for (const isIdle of [true, false]) {
      const seen = [shown, 'gone', 'gone']
      const answers = [{ isThere: true }, { ...another, isIdle }, { ...another, isIdle }]
      expect(await look(answers)).toEqual({ seen, opened: 1 })
    }
  })

  it('is not gone, and no other either, where only a standby has another of that number', async () => {
    const stranger = { server: 'b', isThere: true, isStandby: true }
    expect(await look([{ isThere: true }, stranger, { isThere: true }])).toEqual({
      seen: [shown, undefined, shown],
      opened: 2,
    })
    // The standby was asked first.
    expect((await look([stranger, { isThere: true }, { isThere: true }])).seen).toEqual([shown, shown, shown])
  })

  it('is another for each message: after a restart the run may have the number that it had', async () => {
    const answers = ['a', 'b'].values()
    const open = async () =>
      aLooker(async () => replyOf({ isThere: true, server: answers.next().value ?? '' }))
    await using lookout = openLookout({ open }, String, () => {})
    expect([await lookout.look(1, {}), await lookout.look(1, {})]).toEqual([shown, shown])
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

describe('a connection to look from', () => {
  /** How often it was asked for within three seconds, and what was told, where it is to be had at the second try at the earliest. */
  async function tries(trouble: ConnectionTrouble, times: number) {
    const told: [string, boolean][] = []
    let asked = 0
    const open = async (): Promise<Session> => {
      if (++asked < times) throw new ConnectionError({ message: 'None left.', help: 'Wait.' }, trouble)
      return aLooker(async () => replyOf({ isThere: true }))
    }
    await using lookout = openLookout({ open }, String, (...said) => void told.push(said))
    const seen: (Seen | undefined)[] = []
    const real = Date.now
    let now = real()
    Date.now = () => now
    try {
      for (const pauseMs of [0, 500, 400, 200, 900, 900]) {
        now += pauseMs
        seen.push(await lookout.look(1, {}))
      }
    } finally {
      Date.now = real
    }
    return { asked, told, last: seen.at(-1) }
  }

  it.each([
    ['starting', []],
    ['away', [['None left.', true]]],
    ['cut', [['None left.', true]]],
  ] as const)(
    'that is not to be had just now (%s) is tried again, and not at once',
    async (trouble, told) => {
      expect(await tries(trouble, 2)).toEqual({ asked: 2, told, last: shown })
      expect(await tries(trouble, 9)).toEqual({ asked: 2, told, last: undefined })
    },
  )

  it.each(['refused', 'limit', 'final'] as const)(
    'that is never to be had (%s) is left alone',
    async (trouble) => {
      expect(await tries(trouble, 2)).toEqual({ asked: 1, told: [['None left.', false]], last: undefined })
    },
  )
})
