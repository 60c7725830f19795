import { makeFramer } from '../faults/frame-messages.js'
import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server, and swallows one message: the server's side ends, and ours is told nothing. */
export interface SwallowingProxy extends TestProxy {
  /** How many messages came, all connections together. */
  readonly count: () => number
  /** What was swallowed. */
  readonly swallowed: () => string | undefined
}

/** @param nth which message after those that open a connection, all connections together; from 1 */
export async function aSwallowingProxy(url: string, nth: number): Promise<SwallowingProxy> {
  let count = 0
  let swallowed: string | undefined
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = openRemote()
    const frame = makeFramer('frontend')
    let isSilent = false
    let isOpened = false
    const [closeClient] = remote.listeners('close').slice(-1) as (() => void)[]
    remote.removeAllListeners('close').on('close', () => isSilent || closeClient?.())
    remote.on('data', (data) => isSilent || client.write(data))
    client.on('data', (chunk: Buffer) => {
      for (const { type, bytes } of frame(chunk)) {
        if (isSilent) return
        if (isOpened && type !== 'p' && ++count === nth) {
          isSilent = true
          swallowed = bytes.toString('utf8', 5)
          remote.destroy()
          return
        }
        isOpened = true
        remote.write(bytes)
      }
    })
  })
  return { ...proxy, count: () => count, swallowed: () => swallowed }
}
