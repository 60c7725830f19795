import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server, and cuts the connection once, when the server's answer is on its way. */
export interface CuttingProxy extends TestProxy {
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
  let connections = 0
  let cuts = 0
  let done: Promise<unknown> | undefined
  const proxy = await aProxy(url, async (client, openRemote) => {
    connections++
    if (forGood && cuts > 0) return client.destroy()
    await done
    const remote = openRemote()
    let sent = ''
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
  })
  return { ...proxy, connections: () => connections, cuts: () => cuts }
}
