import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between us and a server. */
export interface TestProxy extends AsyncDisposable {
  readonly url: string
}

/**
 * @param onClient is handed each connection, and opens the one behind it; where one of the two ends, the other does. What
 *   passes between them is the caller's
 */
export async function aProxy(
  url: string,
  onClient: (client: Socket, openRemote: () => Socket) => void,
): Promise<TestProxy> {
  const upstream = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket.setNoDelay())
    return socket.on('error', () => {})
  }
  const server = createServer((client) => {
    onClient(keep(client), () => {
      const remote = keep(connect(Number(upstream.port), upstream.hostname))
      client.on('close', () => remote.end())
      remote.on('close', () => client.end())
      return remote
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.href,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
