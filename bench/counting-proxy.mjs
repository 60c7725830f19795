import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * A TCP proxy in front of a PostgreSQL server that counts *turns*: how often a client begins a message after
 * the server has spoken (the start-up message is the first, Terminate counts). Messages sent in one go are one
 * turn. This is what costs time on a network, whatever a tool's number of queries is.
 *
 * `roundTripMs` holds back each answer of the server, so that every turn costs at least that long.
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
    client.on('data', (chunk) => {
      framer(chunk)
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      const deliver = () => {
        serverSpoke = true
        client.write(chunk)
      }
      if (roundTripMs === 0) deliver()
      else setTimeout(deliver, roundTripMs)
    })
    client.on('end', () => server.end())
    server.on('end', () => (roundTripMs === 0 ? client.end() : setTimeout(() => client.end(), roundTripMs)))
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
