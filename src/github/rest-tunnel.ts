import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIPv6, type Socket } from 'node:net'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * A connection through the proxy of `https_proxy`, as runners behind one have it; nothing where there is none, or
 * `no_proxy` leaves the server out.
 *
 * @throws Error in words for a message, without the proxy's password
 */
export async function openTunnel(
  url: URL,
  variables: Variables,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  const proxy = chooseProxy(url, variables)
  if (proxy === undefined) return undefined
  if (!URL.canParse(proxy)) throw new Error('the variable https_proxy holds no URL')
  return connectThrough(new URL(proxy), `${url.hostname}:${url.port || 443}`, signal)
}

function chooseProxy(url: URL, variables: Variables): string | undefined {
  const proxy = variables.https_proxy || variables.HTTPS_PROXY
  if (!proxy || isLeftOut(url, variables.no_proxy || variables.NO_PROXY || '')) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

/** `example.com` and `.example.com` stand for every name that ends so; `*` for all. */
function isLeftOut({ hostname, port }: URL, list: string): boolean {
  const names = list.toLowerCase().split(/[\s,]+/)
  return names.filter(Boolean).some((name) => {
    // An address of IPv6 stands there with brackets, and without.
    const whole = isIPv6(name) ? `[${name}]` : name
    const [, host = '', onPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(whole) ?? []
    if (onPort !== undefined && onPort !== (port || '443')) return false
    return name === '*' || (host !== '' && (hostname === host || hostname.endsWith(`.${host}`)))
  })
}

function connectThrough(proxy: URL, path: string, signal: AbortSignal): Promise<Socket> {
  const request = proxy.protocol === 'https:' ? requestSecure : requestPlain
  const asked = request({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path,
    headers: { host: path, ...credentials(proxy) },
    agent: false,
    signal,
  })
  return new Promise((resolve, reject) => {
    asked.once('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new Error(`the proxy answered ${response.statusCode}`))
    })
    asked.on('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new Error(`the proxy can not be reached (${code})`)),
    )
    asked.end()
  })
}

function credentials({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')
  return { 'proxy-authorization': `Basic ${pair}` }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
