import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * A TCP proxy in front of a PostgreSQL server that counts *turns*: how often a client begins a message after
 * the server has spoken (the start-up message is the first, Terminate counts). Messages sent in one go are one
 * turn. This is what costs time on a network, whatever a tool's number of queries is.
 *
 * `roundTripMs` is the network in between: half of it on each way, on every byte alike and in order, so that what is
 * sent in one go arrives in one go; and once whole before the first byte, as connecting takes on a network.
 */
export async function openCountingProxy({ host, port, roundTripMs = 0 }) {
  let turns = 0
  const sockets = new Set()
  const proxy = createServer((client) => {
    const server = connect(port, host)
    for (const socket of [client, server]) {
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
      sockets.add(socket)
    }
    let serverSpoke = true
    const framer = makeFramer(() => {
      if (serverSpoke) turns += 1
      serverSpoke = false
    })
    const toServer = makeDelayLine(roundTripMs / 2)
    const toClient = makeDelayLine(roundTripMs / 2)
    const connected = performance.now() + roundTripMs
    client.on('data', (chunk) => {
      framer(chunk)
      toServer(() => server.write(chunk), connected)
    })
    server.on('data', (chunk) =>
      toClient(() => {
        serverSpoke = true
        client.write(chunk)
      }),
    )
    client.on('end', () => toServer(() => server.end(), connected))
    server.on('end', () => toClient(() => client.end()))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: proxy.address().port,
    turns: () => turns,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}

/**
 * One way of a network: what is put in comes out `delayMs` later, in order; not one thing after the other's delay. What
 * may not leave before a moment is held until then. Without a delay it comes out at once.
 */
export function makeDelayLine(delayMs) {
  if (delayMs === 0) return (deliver) => deliver()
  const waiting = []
  const flush = () => {
    const now = performance.now()
    while (waiting.length > 0 && waiting[0].due <= now) waiting.shift().deliver()
    if (waiting.length > 0) setTimeout(flush, waiting[0].due - now)
  }
  return (deliver, notBefore = 0) => {
    waiting.push({ due: Math.max(performance.now(), notBefore) + delayMs, deliver })
    if (waiting.length === 1) setTimeout(flush, waiting[0].due - performance.now())
  }
}

/** Calls `onMessage` at the first byte of each message of a client, however TCP cut the stream into chunks. */
export function makeFramer(onMessage) {
  let typed = false
  let header = []
  let bodyLeft = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const taken = Math.min(bodyLeft, chunk.length - at)
        bodyLeft -= taken
        at += taken
        continue
      }
      if (header.length === 0) onMessage()
      header.push(chunk[at])
      at += 1
      const headerLength = typed ? 5 : 4
      if (header.length < headerLength) continue
      bodyLeft = Buffer.from(header.slice(-4)).readUInt32BE() - 4
      // SSLRequest and GSSENCRequest are eight bytes without a type, and another start-up message follows.
      if (!typed) typed = bodyLeft > 4
      header = []
    }
  }
}
