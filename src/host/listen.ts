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
 * reach it. What a page in a browser asks is told apart by its `Origin` or `Sec-Fetch-Site`, and where its site took this
 * address for its own, by the `Host`.
 *
 * @param port 0: any that is free
 * @throws NodeJS.ErrnoException EADDRINUSE, EACCES
 */
export async function listen(
  handler: (request: Request) => Promise<Response>,
  { port, path, signal }: { readonly port: number; readonly path: string; readonly signal: AbortSignal },
): Promise<Listening> {
  const answering = new Map<IncomingMessage, Promise<void>>()
  const server = createServer((incoming, outgoing) => {
    const answered = answer(handler, path, incoming, outgoing)
    answering.set(incoming, answered)
    void answered.then(() => answering.delete(incoming))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const ended = once(server, 'close').then(() => {})
  const end = async () => {
    server.close()
    // What is still being asked is not waited for: from here on Node sets it no limit of time.
    for (const incoming of answering.keys()) if (!incoming.complete) incoming.destroy()
    await Promise.all(answering.values())
    // Whoever opened a connection and asks nothing, or goes on asking, would keep it for ever.
    server.closeAllConnections()
  }
  if (signal.aborted) void end()
  else signal.addEventListener('abort', () => void end(), { once: true })
  return { port: typeof address === 'object' && address ? address.port : port, ended }
}

/** Until the answer is sent, or whoever asked is gone. Never rejects. */
async function answer(
  handler: (request: Request) => Promise<Response>,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new Promise<void>((resolve) => outgoing.once('close', resolve))
  try {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const response =
      url.pathname === path && !isOfPage(incoming)
        ? await handler(asRequest(incoming, url))
        : new Response(`Only ${path} is here, and not for pages of a browser.\n`, { status: 404 })
    const body = Buffer.from(await response.arrayBuffer())
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body)
  } catch {
    // What a client sends that is no request, or one that went away.
    if (!outgoing.headersSent) outgoing.writeHead(400)
    outgoing.end()
  }
  await gone
}

const HERE = ['127.0.0.1', 'localhost', '[::1]']

function isOfPage({ headers: { host = '', origin, 'sec-fetch-site': site } }: IncomingMessage): boolean {
  return origin !== undefined || site !== undefined || !HERE.includes(host.replace(/:\d*$/, '').toLowerCase())
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
    // Who is still sending would not see the answer, so the rest is read, and kept nowhere.
    cancel: () => void drain(chunks),
  })
}

async function drain(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    while (!(await chunks.next()).done);
  } catch {
    // Gone: there is nobody to answer.
  }
}
