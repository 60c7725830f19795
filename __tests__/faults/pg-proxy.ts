import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describeMessage, type Traced } from './describe-message.js'
import type { Fault, Happening, Strike } from './fault.js'
import type { Message, Side } from './frame-messages.js'
import { makeGate } from './gate.js'
import { type Link, openLink } from './link.js'

export interface ProxyOptions {
  /** The URL of the server behind it. */
  readonly url: string
  readonly fault?: Fault
  readonly strike?: Strike
}

/** A server's stand-in that counts the protocol's messages and lets one fault happen at one of them. */
export interface PgProxy extends AsyncDisposable {
  /** The server's URL by way of the proxy. */
  readonly url: string
  /** Every message so far, in order of arrival. */
  readonly trace: readonly Traced[]
  /** The fault has happened. */
  fired(): boolean
  /** Resolves when it happens. */
  readonly happened: Promise<void>
}

/** What all connections of a proxy share. */
export interface Run {
  readonly strike: Strike
  /** Notes a message, and tells what is to happen at it. */
  arrive(message: Message, link: Link): Happening | undefined
  /** Nobody is answered any more. */
  readonly isDark: () => boolean
  /** What a fault that lasts does to all later connections. */
  endForGood(): void
  /** Resolves when the proxy is closed. */
  readonly closed: Promise<void>
}

/** One run's proxy: counts begin at 0, and the fault happens once. */
export async function openProxy({ url, fault, strike = async () => {} }: ProxyOptions): Promise<PgProxy> {
  const server = new URL(url)
  const trace: Traced[] = []
  const counts: Record<Side, number> = { frontend: 0, backend: 0 }
  let isDark = false
  let since = 0
  let refusing = fault?.refuses ?? 0
  const closing = makeGate(false)
  const happened = makeGate(false)
  const listener = createServer()
  const run: Run = {
    strike,
    closed: closing.opened(),
    isDark: () => isDark,
    arrive(message, link) {
      trace.push(traced(message, link))
      const k = counts[message.side]++
      if (happened.isOpen()) {
        const isNext = message.side === 'frontend' && fault?.again === since++
        return isNext ? (fault?.next ?? fault) : undefined
      }
      if (fault?.side !== message.side || fault.k !== k) return undefined
      happened.open()
      return fault
    },
    endForGood() {
      if (fault?.how === 'stall') isDark = true
      else listener.close()
    },
  }
  const sockets = new Set<Socket>()
  let connections = 0
  listener.on('connection', (client) => {
    if (happened.isOpen() && refusing-- > 0) return refuse(client)
    const upstream = connect(Number(server.port), server.hostname)
    for (const socket of [client, upstream]) keep(socket, sockets)
    openLink(client, upstream, connections++, run)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    url: throughPort(server, (listener.address() as AddressInfo).port),
    trace,
    fired: happened.isOpen,
    happened: happened.opened(),
    async [Symbol.asyncDispose]() {
      closing.open()
      for (const socket of sockets) socket.destroy()
      if (!listener.listening) return
      listener.close()
      await once(listener, 'close')
    },
  }
}

function traced(message: Message, link: Link): Traced {
  return {
    side: message.side,
    connection: link.ordinal,
    type: message.type,
    served: link.backend !== undefined,
    piece: link.piece,
    text: describeMessage(message),
  }
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  socket.setNoDelay(true)
  // What ends a socket is followed by 'close', which is where it is dealt with.
  socket.on('error', () => {})
  socket.on('close', () => sockets.delete(socket))
  sockets.add(socket)
}

function refuse(client: Socket): void {
  client.on('error', () => {})
  client.resetAndDestroy()
}

function throughPort(server: URL, port: number): string {
  const url = new URL(server)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}
