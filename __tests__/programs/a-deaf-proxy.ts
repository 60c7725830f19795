import { connect, createServer, type Socket } from 'node:net'

/** Stands between us and a server, and does not pass on what asks for history again, outside of the run's lock. */
export interface DeafProxy extends AsyncDisposable {
  readonly url: string
  /** How many connections it happened to. */
  readonly struck: () => number
}

/**
 * @param how the connection falls silent, or is cut
 * @param times to so many connections
 */
export async function aDeafProxy(
  url: string,
  how: 'silent' | 'cut',
  times = Number.POSITIVE_INFINITY,
): Promise<DeafProxy> {
  const upstream = new URL(url)
  const sockets = new Set<Socket>()
  let struck = 0
  const server = createServer((client) => {
    const remote = connect(Number(upstream.port), upstream.hostname)
    for (const socket of [client, remote]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    let isDeaf = false
    client.on('data', (data) => {
      const text = data.toString('latin1')
      const asks = text.includes('SELECT version, name, checksum') && !text.includes('advisory_lock')
      if (asks && !isDeaf && struck < times) {
        isDeaf = true
        struck++
        if (how === 'cut') client.destroy()
      }
      if (!isDeaf) remote.write(data)
    })
    remote.on('data', (data) => client.write(data))
    client.on('close', () => remote.destroy())
    remote.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: through.href,
    struck: () => struck,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
