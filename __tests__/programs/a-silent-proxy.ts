import type { Socket } from 'node:net'
import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server. */
export interface SilentProxy extends TestProxy {
  /** Nothing passes any more on the connection that was opened first, and its end is not told to the other side. */
  silence(): void
}

export async function aSilentProxy(url: string): Promise<SilentProxy> {
  const talking = new Set<Socket>()
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = openRemote()
    talking.add(client)
    client.on('data', (data) => talking.has(client) && remote.write(data))
    remote.on('data', (data) => talking.has(client) && client.write(data))
    const [closeClient] = remote.listeners('close').slice(-1) as (() => void)[]
    remote.removeAllListeners('close').on('close', () => talking.has(client) && closeClient?.())
  })
  return {
    ...proxy,
    silence: () => {
      const [first] = talking
      if (first) talking.delete(first)
    },
  }
}
