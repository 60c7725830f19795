import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import type { HttpAnswer, HttpQuestion } from '../model/http.js'
import { openTunnel } from './rest-tunnel.js'

/** One question and its whole answer, or in words why there is none. Never throws. */
export async function exchange(asked: HttpQuestion): Promise<HttpAnswer | { readonly broken: string }> {
  const ending = new AbortController()
  const end = () => ending.abort()
  // Where this process could not run meanwhile, the answer may be here already, and is read first.
  const timer = setTimeout(() => setImmediate(() => ending.abort('time')), asked.timeoutMs)
  asked.signal?.addEventListener('abort', end, { once: true })
  if (asked.signal?.aborted) end()
  try {
    return await converse(asked, ending.signal)
  } catch (error) {
    if (ending.signal.reason === 'time') return { broken: `no answer within ${asked.timeoutMs / 1000} s` }
    return { broken: describe(error) }
  } finally {
    clearTimeout(timer)
    asked.signal?.removeEventListener('abort', end)
  }
}

async function converse(asked: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
  const { url, method, variables, body = '', largestBytes } = asked
  const headers = { ...asked.headers, ...(asked.body === undefined ? {} : lengthOf(body)) }
  const options = { method, headers, signal }
  if (url.protocol === 'http:') return read(await answerTo(requestPlain(url, options), body), largestBytes)
  const socket = await openTunnel(url, variables, signal)
  if (socket === undefined) return read(await answerTo(requestSecure(url, options), body), largestBytes)
  try {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    // An address has no name to be asked for, and its certificate is checked for the address.
    const createConnection = () => connect({ socket, host, servername: isIP(host) ? '' : host })
    const request = requestSecure(url, { ...options, agent: false, createConnection })
    return await read(await answerTo(request, body), largestBytes)
  } finally {
    // A handshake that fails leaves it open, and the process would not end.
    socket.destroy()
  }
}

function lengthOf(body: string): Record<string, string> {
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
}

function answerTo(request: ReturnType<typeof requestPlain>, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).on('error', reject).end(body)
  })
}

async function read(response: IncomingMessage, largestBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestBytes) throw new Error(`its answer is larger than ${largestBytes} bytes`)
    chunks.push(chunk)
  }
  if (!response.complete) throw new Error('its answer broke off')
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known here',
  EAI_AGAIN: 'its name is not known here',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke off',
  ETIMEDOUT: 'the connection timed out',
  ENETUNREACH: 'the network does not reach it',
  EHOSTUNREACH: 'the network does not reach it',
}

/** Our own errors have no code. Node's messages are not shown: they may hold what was sent. */
function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return error instanceof TypeError ? 'the question could not be sent' : message
  const known = WORDS[code]
  if (known !== undefined) return known
  const isTrust = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)
  return isTrust
    ? `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names more authorities`
    : code
}
