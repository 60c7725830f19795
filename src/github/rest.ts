import { setTimeout as pause } from 'node:timers/promises'
import type { HttpAnswer } from '../model/http.js'
import type { Reply, RestFailure, RestFailureCause } from '../model/rest-failure.js'
import { TOOL_VERSION } from '../model/tool-version.js'
import { exchange } from './rest-exchange.js'
import { headerOf, restFailureOf } from './rest-failure-of.js'
import { nextPage } from './rest-next-page.js'
import { waitBefore } from './rest-wait.js'

export interface RestOptions {
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://host/api/v3` of an own server. */
  readonly apiUrl: string
  /** Sent to that server and nowhere else; stands in no failure. */
  readonly token: string
  /** The process environment: for a proxy. */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
  /** Of one answer, to its last byte. */
  readonly timeoutMs?: number
  /** How long one question waits between tries, in all. */
  readonly patienceMs?: number
  /** Before the second try; doubled for each one after. */
  readonly pauseMs?: number
  readonly largestBytes?: number
}

/** GitHub's REST API. Nothing here throws: what can not be told is a failure, and each failure has its own way out. */
export interface Rest {
  readonly get: (path: string) => Promise<Reply<unknown>>
  /** Every page of a list, in order. A list too long to be read whole is a failure, never a part. */
  readonly getAll: (path: string) => Promise<Reply<readonly unknown[]>>
  /** A POST is sent again only where GitHub refused it for coming too often. */
  readonly send: (method: Method, path: string, body: unknown) => Promise<Reply<unknown>>
}

export type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE'

const MOST_TRIES = 4
const MOST_PAGES = 30
const MOST_REDIRECTS = 3

interface Question {
  readonly method: 'GET' | Method
  readonly url: URL
  readonly body?: string
}

/**
 * Written here rather than taken from GitHub's toolkit or Node's fetch: the one would double the start-up of each step,
 * the other costs three times what `node:https` does, and before Node 24 neither of the built-in clients knows a proxy.
 */
export function makeRest(options: RestOptions): Rest {
  const base = options.apiUrl.replace(/\/+$/, '')
  const ask = async (question: { method: Question['method']; path: string; body?: unknown }) => {
    const url = urlOf(base, question.path)
    const asked = `${question.method} ${question.path.split('?', 1)[0]}`
    const cause = unsendable(base, options.token) ?? (url === undefined ? NOT_FOUND : undefined)
    if (cause || !url) return { failure: { asked, ...(cause ?? NOT_FOUND) } }
    const body = question.body === undefined ? {} : { body: JSON.stringify(question.body) }
    return tryAll({ method: question.method, url, ...body }, asked, options)
  }
  return {
    get: async (path) => bodyOf(await ask({ method: 'GET', path })),
    getAll: (path) => readPages(path, base, (page) => ask({ method: 'GET', path: page })),
    send: async (method, path, body) => bodyOf(await ask({ method, path, body })),
  }
}

const NOT_FOUND: RestFailureCause = { kind: 'not-found' }

/** A name of dots would lead to another address than the one that is asked for: there is nothing of that name. */
function urlOf(base: string, path: string): URL | undefined {
  const text = base + path
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.pathname === new URL(base).pathname.replace(/\/$/, '') + path.split('?', 1)[0] ? url : undefined
}

function unsendable(base: string, token: string): RestFailureCause | undefined {
  if (!URL.canParse(base)) return { kind: 'unreachable', detail: 'GITHUB_API_URL is no URL' }
  const { protocol, hostname } = new URL(base)
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal))
    return {
      kind: 'unreachable',
      detail: 'GITHUB_API_URL is not https, and a token is not sent in plain text',
    }
  return /^[\x21-\x7e]+$/.test(token) ? undefined : { kind: 'unauthorised' }
}

type Asked = Reply<{ readonly value: unknown; readonly headers: HttpAnswer['headers'] }>

async function tryAll(question: Question, asked: string, options: RestOptions): Promise<Asked> {
  let patienceMs = options.patienceMs ?? 60_000
  for (let tries = 1; ; tries += 1) {
    const answer = await follow(question, options)
    const value = 'broken' in answer ? undefined : valueIn(answer)
    if (value !== undefined) return { value }
    const cause = causeOf(answer, options)
    const waitMs = waitBefore({ tries, cause, method: question.method, pauseMs: options.pauseMs ?? 500 })
    if (waitMs === undefined || tries >= MOST_TRIES || waitMs > patienceMs)
      return { failure: { asked, ...cause } }
    patienceMs -= waitMs
    await pause(waitMs, undefined, options.signal && { signal: options.signal }).catch(() => {})
  }
}

function valueIn({ status, text, headers }: HttpAnswer): Asked['value'] {
  if (status >= 300) return undefined
  if (status === 204) return { value: null, headers }
  try {
    return { value: JSON.parse(text), headers }
  } catch {
    return undefined
  }
}

function causeOf(
  answer: HttpAnswer | { readonly broken: string },
  { signal, token }: RestOptions,
): RestFailureCause {
  if (signal?.aborted) return { kind: 'cancelled' }
  if ('broken' in answer) return { kind: 'unreachable', detail: answer.broken }
  // An answer may repeat what it was asked, the token included.
  const text = answer.text.replaceAll(token, '***')
  return restFailureOf({ ...answer, text }, new Date()) ?? { kind: 'unreadable', detail: 'it is no JSON' }
}

/** A repository that was renamed answers from its new address. The token never goes to another server. */
async function follow(question: Question, options: RestOptions): Promise<HttpAnswer | { broken: string }> {
  let { url } = question
  for (let redirects = 0; ; redirects += 1) {
    const answer = await exchange({
      ...question,
      url,
      headers: headersFor(options.token),
      ...limits(options),
    })
    if ('broken' in answer || ![301, 302, 307, 308].includes(answer.status) || question.method !== 'GET')
      return answer
    const location = headerOf(answer, 'location') ?? ''
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined
    if (target?.origin !== url.origin) return { broken: 'it points to another server' }
    if (redirects >= MOST_REDIRECTS) return { broken: 'it points from one address to the next without end' }
    url = target
  }
}

function limits({ variables, signal, timeoutMs = 10_000, largestBytes = 8_388_608 }: RestOptions) {
  return { variables, timeoutMs, largestBytes, ...(signal ? { signal } : {}) }
}

function headersFor(token: string): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': `devflow-migrate/${TOOL_VERSION}`,
    'x-github-api-version': '2022-11-28',
  }
}

function bodyOf(asked: Asked): Reply<unknown> {
  return asked.failure ? asked : { value: asked.value.value }
}

async function readPages(
  path: string,
  base: string,
  ask: (path: string) => Promise<Asked>,
): Promise<Reply<readonly unknown[]>> {
  const items: unknown[] = []
  let page: string | undefined = path
  for (let pages = 0; page !== undefined; pages += 1) {
    if (pages >= MOST_PAGES) return unreadable(path, `its list has more than ${MOST_PAGES} pages`)
    const reply: Asked = await ask(page)
    if (reply.failure) return reply
    const { value, headers } = reply.value
    if (!Array.isArray(value)) return unreadable(path, 'its answer is no list')
    items.push(...value)
    page = nextPage(headers.link, base)
  }
  return { value: items }
}

function unreadable(path: string, detail: string): { failure: RestFailure } {
  return { failure: { asked: `GET ${path.split('?', 1)[0]}`, kind: 'unreadable', detail } }
}
