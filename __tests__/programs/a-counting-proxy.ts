import { connect, createServer, type Socket } from 'node:net'
import { makeFramer } from '../faults/frame-messages.js'

/** Stands between us and a server, and counts how often the client sends after the server has. */
export interface CountingProxy extends AsyncDisposable {
  readonly url: string
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
  const upstream = new URL(url)
  const sockets = new Set<Socket>()
  let counted: Counted[] = []
  const server = createServer((client) => {
    const remote = connect(Number(upstream.port), upstream.hostname)
    const line: Counted = { turns: 0, isLookout: false }
    counted.push(line)
    const toServer = countTurns(line)
    join(client, remote, toServer.sent)
    join(remote, client, toServer.answered)
    for (const socket of [client, remote]) sockets.add(socket.setNoDelay())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: through.href,
    turns: () => {
      const sum = counted.reduce((all, { turns, isLookout }) => all + (isLookout ? 0 : turns), 0)
      counted = []
      return sum
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
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

function join(from: Socket, to: Socket, seen: (chunk: Buffer) => void): void {
  from.on('data', (chunk: Buffer) => {
    seen(chunk)
    to.write(chunk)
  })
  from.on('error', () => to.destroy())
  from.on('close', () => to.end())
}
