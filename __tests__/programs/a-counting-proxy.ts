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
}

export async function aCountingProxy(url: string): Promise<CountingProxy> {
  let counted: Counted[] = []
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = openRemote()
    const line: Counted = { turns: 0, isLookout: false }
    counted.push(line)
    const toServer = countTurns(line)
    pass(client, remote, toServer.sent)
    pass(remote, client, toServer.answered)
  })
  return {
    ...proxy,
    turns: () => {
      const sum = counted.reduce((all, { turns, isLookout }) => all + (isLookout ? 0 : turns), 0)
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
