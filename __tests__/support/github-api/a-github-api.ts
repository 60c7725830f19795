import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** One answer of the server. */
export interface Scripted {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, instead of `body`. */
  readonly text?: string
  /** A list in pages, each with a `Link` to the next. */
  readonly pages?: readonly (readonly unknown[])[]
  /** Before the first byte. */
  readonly delayMs?: number
  /** The connection ends so: before an answer; after half of its body. */
  readonly cut?: 'before' | 'half'
}

export type Asked = Readonly<Pick<IncomingMessage, 'method' | 'url' | 'headers'>> & { readonly body: string }

/** One answer; some in turn, of which the last is repeated; or what to make of a request. */
export type Route = Scripted | readonly Scripted[] | ((asked: Asked) => Scripted)

/** By method and path without the query: `GET /repos/acme/shop/environments/production`. */
export type Routes = Readonly<Record<string, Route>>

export interface GitHubApi extends AsyncDisposable {
  /** What GITHUB_API_URL is. */
  readonly url: string
  readonly token: string
  readonly asked: readonly Asked[]
}

/** As GitHub answers, for what is said in no route: 401 without the token, 404 for what is not there. */
export async function aGitHubApi(
  routes: Routes,
  { token = 'ghs_0123456789abcdefghij', prefix = '' } = {},
): Promise<GitHubApi> {
  const asked: Asked[] = []
  const turns = new Map<string, number>()
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray()).toString('utf8')
      const seen = { method: request.method, url: request.url, headers: request.headers, body } as Asked
      asked.push(seen)
      const scripted = choose(seen, routes, turns, prefix)
      const isKnown = request.headers.authorization === `Bearer ${token}`
      await answer(request, response, isKnown ? scripted : UNAUTHORISED)
    })()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    token,
    asked,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

const UNAUTHORISED: Scripted = { status: 401, body: { message: 'Bad credentials' } }
const NOT_FOUND: Scripted = { status: 404, body: { message: 'Not Found', status: '404' } }

function choose(asked: Asked, routes: Routes, turns: Map<string, number>, prefix: string): Scripted {
  const path = (asked.url ?? '').split('?', 1)[0]?.slice(prefix.length)
  const key = `${asked.method} ${path}`
  const route = Object.hasOwn(routes, key) ? routes[key] : undefined
  if (route === undefined) return NOT_FOUND
  if (typeof route === 'function') return route(asked)
  if (!isList(route)) return route
  const turn = turns.get(key) ?? 0
  turns.set(key, turn + 1)
  return route[Math.min(turn, route.length - 1)] ?? NOT_FOUND
}

function isList(route: Route): route is readonly Scripted[] {
  return Array.isArray(route)
}

async function answer(request: IncomingMessage, response: ServerResponse, scripted: Scripted): Promise<void> {
  if (scripted.delayMs !== undefined) await pause(scripted.delayMs, undefined, { ref: false })
  if (scripted.cut === 'before') {
    request.socket.destroy()
    return
  }
  const { text, links } = render(request, scripted)
  const length = { 'content-length': String(Buffer.byteLength(text)) }
  response.writeHead(scripted.status ?? 200, {
    'content-type': 'application/json; charset=utf-8',
    ...length,
    ...links,
    ...scripted.headers,
  })
  if (scripted.cut !== 'half') {
    response.end(text)
    return
  }
  response.write(text.slice(0, text.length / 2), () => request.socket.destroy())
}

function render(request: IncomingMessage, { text, body, pages }: Scripted) {
  if (pages === undefined) return { text: text ?? JSON.stringify(body ?? {}), links: {} }
  const url = new URL(request.url ?? '', `http://${request.headers.host}`)
  const page = Number(url.searchParams.get('page') ?? 1)
  const items = JSON.stringify(pages[page - 1] ?? [])
  if (page >= pages.length) return { text: items, links: {} }
  url.searchParams.set('page', String(page + 1))
  return { text: items, links: { link: `<${url.href}>; rel="next", <${url.href}>; rel="last"` } }
}
