import type { Socket } from 'node:net'
import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server, and lets nobody in while something else is done. */
export interface GatedProxy extends TestProxy {
  /** Is done once, the first time that it is asked for, before anybody is let in again. */
  readonly after: (meanwhile: () => Promise<unknown>) => void
  /** Ends all connections, and says nothing. */
  readonly cut: () => void
}

export async function aGatedProxy(url: string): Promise<GatedProxy> {
  let done: Promise<unknown> | undefined
  const clients = new Set<Socket>()
  const proxy = await aProxy(url, async (client, openRemote) => {
    await done
    clients.add(client)
    const remote = openRemote()
    client.pipe(remote)
    remote.pipe(client)
  })
  const after = (meanwhile: () => Promise<unknown>) => {
    done ??= meanwhile()
  }
  const cut = () => {
    for (const client of clients) client.destroy()
    clients.clear()
  }
  return { ...proxy, after, cut }
}
