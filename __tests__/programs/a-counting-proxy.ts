import type { Socket } from 'node:net'
import { makeFramer } from '../faults/frame-messages.js'
import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server, and counts how often the client sends after the server has. */
export interface CountingProxy extends TestProxy {
  /**
   * Turns since the last time this was asked: the start-up message is the first of a connection, Terminate counts. What
   * a password costs does not, nor what is looked up while a statement runs for longer than a second.
   */
  turns(): number
}

interface Counted {
  turns: number
  isLookout: boolean
  /** It was opened while a statement ran for long, and was closed before it was there: a lookout too. */
  isLate: boolean
}

/** A second, less what a timer may be early. */
const LONG_MS = 990

export async function aCountingProxy(url: string): Promise<CountingProxy> {
  let counted: Counted[] = []
  let sentAt = performance.now()
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = openRemote()
    const line: Counted = { turns: 0, isLookout: false, isLate: performance.now() - sentAt >= LONG_MS }
    counted.push(line)
    const toServer = countTurns(line)
    pass(client, remote, (chunk) => {
      if (!line.isLate) sentAt = performance.now()
      toServer.sent(chunk)
    })
    pass(remote, client, toServer.answered)
  })
  return {
    ...proxy,
    turns: () => {
      const sum = counted.reduce(
        (all, { turns, isLookout, isLate }) => all + (isLookout || isLate ? 0 : turns),
        0,
      )
      counted = []
      return sum
    },
  }
}

function countTurns(line: Counted): { sent: (chunk: Buffer) => void; answered: () => void } {
  const frame = makeFramer('frontend')
  let serverSpoke = true
  return {
    sent: (chunk) => {
      for (const { type, bytes } of frame(chunk)) {
        if (type === 'p') continue
        if (serverSpoke) line.turns++
        serverSpoke = false
        line.isLookout ||= bytes.includes('pg_stat_progress_')
        if (type === 'Q') line.isLate = false
      }
    },
    answered: () => {
      serverSpoke = true
    },
  }
}

function pass(from: Socket, to: Socket, seen: (chunk: Buffer) => void): void {
  from.on('data', (chunk: Buffer) => {
    seen(chunk)
    to.write(chunk)
  })
}
