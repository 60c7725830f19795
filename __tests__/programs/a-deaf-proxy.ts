import { aProxy, type TestProxy } from './a-proxy.js'

/** Stands between us and a server, and does not pass on what asks for history again, outside of the run's lock. */
export interface DeafProxy extends TestProxy {
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
  let struck = 0
  const proxy = await aProxy(url, (client, openRemote) => {
    const remote = openRemote()
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
  })
  return { ...proxy, struck: () => struck }
}
