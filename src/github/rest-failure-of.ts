import type { HttpAnswer } from '../model/http.js'
import type { RestFailureCause } from '../model/rest-failure.js'

const LONGEST_MESSAGE = 200

/** What an answer that is none says is wrong; undefined where its status says that it is one. */
export function restFailureOf(answer: HttpAnswer, now: Date): RestFailureCause | undefined {
  const { status } = answer
  if (status < 300) return undefined
  if (status < 400) return { kind: 'unreadable', detail: `it answered ${status}` }
  if (status >= 500) return { kind: 'server-error', status }
  const message = messageOf(answer)
  if (status === 429 || (status === 403 && isTooOften(answer, message))) return tooOften(answer, now)
  if (status === 401) return { kind: 'unauthorised' }
  if (status === 404 || status === 410) return { kind: 'not-found' }
  if (status !== 403) return { kind: 'rejected', status, message }
  const needs = parseNeeds(headerOf(answer, 'x-accepted-github-permissions') ?? '')
  return { kind: 'forbidden', ...(needs === undefined ? {} : { needs }), message }
}

/** One value of a header that may be repeated. */
export function headerOf({ headers }: Pick<HttpAnswer, 'headers'>, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function messageOf({ text }: HttpAnswer): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    return typeof message === 'string' ? message.slice(0, LONGEST_MESSAGE) : ''
  } catch {
    return ''
  }
}

/** GitHub's secondary limits answer 403 as well. */
function isTooOften(answer: HttpAnswer, message: string): boolean {
  return (
    headerOf(answer, 'retry-after') !== undefined ||
    headerOf(answer, 'x-ratelimit-remaining') === '0' ||
    /rate limit|abuse detection/i.test(message)
  )
}

function tooOften(answer: HttpAnswer, now: Date): RestFailureCause {
  const after = headerOf(answer, 'retry-after')
  const reset = headerOf(answer, 'x-ratelimit-reset')
  const isSpent = headerOf(answer, 'x-ratelimit-remaining') === '0'
  const atMs = after === undefined ? (isSpent ? Number(reset) * 1000 : Number.NaN) : afterMs(after, now)
  return { kind: 'rate-limited', ...(isDate(atMs) ? { retryAt: new Date(atMs).toISOString() } : {}) }
}

/** Seconds, or a date. */
function afterMs(text: string, now: Date): number {
  return /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text)
}

function isDate(ms: number): boolean {
  return Math.abs(ms) <= 8_640_000_000_000_000
}

/**
 * `actions=read` → `actions: read`, as under `permissions:` of a workflow. A comma joins what is needed together, a
 * semicolon what would do instead. Anything else in it is left out.
 */
function parseNeeds(header: string): string | undefined {
  const ways = header.split(';').map((way) => way.split(',').flatMap(parseNeed).join(' and '))
  return ways.filter(Boolean).join(' or ') || undefined
}

function parseNeed(pair: string): string[] {
  const [, name, level] = /^\s*([a-z_]{1,40})=(read|write|admin)\s*$/.exec(pair) ?? []
  return name === undefined ? [] : [`${name.replaceAll('_', '-')}: ${level}`]
}
