import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server was asked. */
export interface WebRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface WebAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
}

export interface WebServer extends AsyncDisposable {
  readonly url: string
  readonly asked: readonly WebRequest[]
}

/** A server on this machine. `hang`: it never answers. */
export async function aWebServer(
  answer: (request: WebRequest, turn: number) => WebAnswer | 'hang',
): Promise<WebServer> {
  const asked: WebRequest[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray()).toString('utf8')
      const { method = '', url = '', headers } = request
      asked.push({ method, path: url, headers, body })
      const said = answer({ method, path: url, headers, body }, asked.length)
      if (said === 'hang') return
      response.writeHead(said.status ?? 200, said.headers)
      response.end(said.text ?? '')
    })()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
