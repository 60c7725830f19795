import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A server on this machine only, until the signal. */
export interface Listening {
  readonly port: number
  /** Ends when the signal came and what was being answered is answered. */
  readonly ended: Promise<void>
}

/**
 * Answers requests to one path with a function of the Fetch standard, on the loopback interface: other machines can't
 * reach it, and a page in a browser is told apart by its `Origin`.
 *
 * @param port 0: any that is free
 * @throws NodeJS.ErrnoException EADDRINUSE, EACCES
 */
export async function listen(
  handler: (request: Request) => Promise<Response>,
  { port, path, signal }: { readonly port: number; readonly path: string; readonly signal: AbortSignal },
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => void answer(handler, path, incoming, outgoing))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const ended = once(server, 'close').then(() => {})
  const end = () => {
    server.close()
    server.closeIdleConnections()
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return { port: typeof address === 'object' && address ? address.port : port, ended }
}

async function answer(
  handler: (request: Request) => Promise<Response>,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const response =
      url.pathname === path && incoming.headers.origin === undefined
        ? await handler(asRequest(incoming, url))
        : new Response(`Only ${path} is here, and not for pages of a browser.\n`, { status: 404 })
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  } catch {
    // What a client sends that is no request, or one that went away.
    outgoing.writeHead(400).end()
  }
}

function asRequest(incoming: IncomingMessage, url: URL): Request {
  const { method = 'GET', headers } = incoming
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const init: RequestInit & { duplex?: 'half' } = { method, headers: given }
  if (!hasBody) return new Request(url, init)
  return new Request(url, { ...init, body: bodyOf(incoming), duplex: 'half' })
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => void incoming.destroy(),
  })
}
