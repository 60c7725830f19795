import { connect, createServer, type Socket } from 'node:net'

/** Stands between us and a server, and cuts the connection once, when the server's answer is on its way. */
export interface CuttingProxy extends AsyncDisposable {
  readonly url: string
  /** How many connections were opened. */
  readonly connections: () => number
  readonly cuts: () => number
}

/**
 * @param asked cuts the answer to the first message that holds this text
 * @param answered only when the answer holds this text
 * @param forGood lets nobody in after that
 * @param meanwhile is done then, before anybody is let in again
 */
export async function aCuttingProxy(
  url: string,
  asked: string,
  answered = '',
  forGood = false,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<CuttingProxy> {
  const upstream = new URL(url)
  const sockets = new Set<Socket>()
  let connections = 0
  let cuts = 0
  let done: Promise<unknown> | undefined
  const server = createServer(async (client) => {
    connections++
    if (forGood && cuts > 0) return client.destroy()
    await done
    const remote = connect(Number(upstream.port), upstream.hostname)
    let sent = ''
    for (const socket of [client, remote]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    client.on('data', (data) => {
      sent = (sent + data.toString('latin1')).slice(-100_000)
      remote.write(data)
    })
    remote.on('data', (data) => {
      if (cuts > 0 || !sent.includes(asked) || !data.toString('latin1').includes(answered))
        return client.write(data)
      cuts++
      client.destroy()
      remote.destroy()
      done = meanwhile()
    })
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
    connections: () => connections,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
