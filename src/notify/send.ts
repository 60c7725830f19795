import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange, HttpAnswer } from '../model/http.js'
import { TOOL_VERSION } from '../model/tool-version.js'

/** One message on its way. */
export interface Delivery {
  /** Secret. */
  readonly url: string
  readonly payload: object
  readonly event: string
  /** The same for each try, so that who gets it twice can tell. */
  readonly id: string
  /** Signs the body. */
  readonly secret?: string
}

export interface Means {
  readonly exchange: Exchange
  readonly variables: Readonly<Record<string, string | undefined>>
  /** A host that is not on the internet. */
  readonly isPrivate: (host: string) => boolean
  readonly now: () => Date
  readonly signal?: AbortSignal
  /** Before the second try; doubled for each one after. */
  readonly pauseMs?: number
  /** How long one message is tried for, in all. */
  readonly patienceMs?: number
}

const MOST_TRIES = 4
const TIMEOUT_MS = 10_000

/**
 * Sends a message, again where the other side asks to wait or does not answer, within bounds. Redirects are not followed.
 *
 * @returns why it was not taken, as a clause; undefined where it was. The URL stands in none. Never throws
 */
export async function send(delivery: Delivery, means: Means): Promise<string | undefined> {
  const url = URL.canParse(delivery.url) ? new URL(delivery.url) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return 'what the variable holds is no URL of https'
  if (url.protocol === 'http:' && !means.isPrivate(url.hostname.replace(/^\[|\]$/g, '')))
    return 'its URL is http, and it is a secret that is not sent in plain text'
  const body = JSON.stringify(delivery.payload)
  const until = Date.now() + (means.patienceMs ?? 20_000)
  for (let tries = 1; ; tries++) {
    const answer = await means.exchange({
      method: 'POST',
      url,
      headers: headersOf(delivery, body),
      body,
      timeoutMs: Math.max(1, Math.min(TIMEOUT_MS, until - Date.now())),
      largestBytes: 65_536,
      variables: means.variables,
      ...(means.signal ? { signal: means.signal } : {}),
    })
    const why = whyNot(answer)
    if (why === undefined || !mayPass(answer)) return why
    const waitMs = waitFor(answer, tries, means)
    if (tries >= MOST_TRIES || Date.now() + waitMs > until || means.signal?.aborted) return tried(why, tries)
    await sleep(waitMs, undefined, means.signal && { signal: means.signal }).catch(() => {})
  }
}

function tried(why: string, tries: number): string {
  return tries === 1 ? why : `${why} (tried ${tries} times)`
}

function headersOf({ event, id, secret }: Delivery, body: string): Record<string, string> {
  return {
    'user-agent': `devflow-migrate/${TOOL_VERSION}`,
    'x-devflow-event': event,
    'x-devflow-delivery': id,
    ...(secret === undefined
      ? {}
      : { 'x-devflow-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
  }
}

type Answered = HttpAnswer | { readonly broken: string }

function whyNot(answer: Answered): string | undefined {
  if ('broken' in answer) return answer.broken
  return answer.status >= 200 && answer.status < 300 ? undefined : `it answered ${answer.status}`
}

function mayPass(answer: Answered): boolean {
  return 'broken' in answer || answer.status === 408 || answer.status === 429 || answer.status >= 500
}

/** As it asks to be waited for; else a growing time, a quarter more or less. */
function waitFor(answer: Answered, tries: number, { pauseMs = 500, now }: Means): number {
  const after = 'broken' in answer ? undefined : answer.headers['retry-after']
  const asked = typeof after === 'string' ? untilMs(after, now()) : Number.NaN
  return asked >= 0 ? asked : pauseMs * 2 ** (tries - 1) * (0.75 + Math.random() / 2)
}

/** Seconds, or a date. */
function untilMs(text: string, now: Date): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Math.max(0, Date.parse(text) - now.getTime())
}
