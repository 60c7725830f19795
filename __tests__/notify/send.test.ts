import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { isPrivateHost } from '../../src/database/is-private-host.js'
import { exchange } from '../../src/github/rest-exchange.js'
import type { Exchange, HttpQuestion } from '../../src/model/http.js'
import { type Delivery, type Means, send } from '../../src/notify/send.js'
import { aWebServer, type WebAnswer } from '../health/a-web-server.js'

const means = (overrides: Partial<Means> = {}): Means => ({
  exchange,
  variables: {},
  isPrivate: isPrivateHost,
  now: () => new Date(),
  pauseMs: 1,
  ...overrides,
})

const aDelivery = (url: string, overrides: Partial<Delivery> = {}): Delivery => ({
  url,
  payload: { a: 'ü' },
  event: 'applied',
  id: 'b8f0',
  ...overrides,
})

const answers = (...all: (WebAnswer | 'hang')[]) =>
  aWebServer((_, turn) => all[Math.min(turn, all.length) - 1] ?? {})

describe('a notification', () => {
  it('is JSON, told by its headers what it is, and signed over what is sent', async () => {
    await using server = await answers({ status: 204 })
    expect(await send(aDelivery(`${server.url}/hook?x=1`, { secret: 'geheim' }), means())).toBeUndefined()
    const [asked] = server.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/hook?x=1', body: '{"a":"ü"}' })
    expect(asked?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-devflow-event': 'applied',
      'x-devflow-delivery': 'b8f0',
      'x-devflow-signature-256': `sha256=${createHmac('sha256', 'geheim').update('{"a":"ü"}').digest('hex')}`,
    })
  })

  it('is waited for no longer than there is patience', async () => {
    const waited: number[] = []
    const silent: Exchange = async ({ timeoutMs }) => {
      waited.push(timeoutMs)
      return { broken: 'no answer' }
    }
    await send(aDelivery('https://example.com'), means({ exchange: silent, patienceMs: 300, pauseMs: 1 }))
    await send(aDelivery('https://example.com'), means({ exchange: silent, pauseMs: 1 }))
    expect(waited[0]).toBeLessThanOrEqual(300)
    expect(Math.max(...waited)).toBe(10_000)
  })

  it('is not signed where there is nothing to sign with', async () => {
    await using server = await answers({})
    await send(aDelivery(server.url), means())
    expect(server.asked[0]?.headers).not.toHaveProperty('x-devflow-signature-256')
  })

  it.each<[string, WebAnswer[], string | undefined, number]>([
    [
      'is sent again where the other side is out of order',
      [{ status: 503 }, { status: 500 }, {}],
      undefined,
      3,
    ],
    [
      'is sent again after as long as it asks',
      [{ status: 429, headers: { 'retry-after': '0' } }, {}],
      undefined,
      2,
    ],
    ['is given up in the end', [{ status: 502 }], 'it answered 502 (tried 4 times)', 4],
    ['is not sent again where it is refused', [{ status: 403, text: 'invalid_token' }], 'it answered 403', 1],
    [
      'follows nobody elsewhere',
      [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
      'it answered 302',
      1,
    ],
    [
      'waits no longer than it may',
      [{ status: 429, headers: { 'retry-after': '3600' } }],
      'it answered 429',
      1,
    ],
  ])('%s', async (_what, said, expected, times) => {
    await using server = await answers(...said)
    expect(await send(aDelivery(server.url), means())).toBe(expected)
    expect(server.asked).toHaveLength(times)
    expect(new Set(server.asked.map(({ headers }) => headers['x-devflow-delivery']))).toEqual(
      new Set(['b8f0']),
    )
  })

  it('waits until the date that it is told', async () => {
    const now = new Date('2026-01-21T12:00:00Z')
    await using server = await answers(
      { status: 429, headers: { 'retry-after': new Date(now.getTime()).toUTCString() } },
      {},
    )
    expect(await send(aDelivery(server.url), means({ now: () => now, pauseMs: 60_000 }))).toBeUndefined()
    expect(server.asked).toHaveLength(2)
  })

  it.each([
    ['http://hooks.example.com/x', 'its URL is http, and it is a secret that is not sent in plain text'],
    ['ftp://example.com/x', 'what the variable holds is no URL of https'],
    ['geheim', 'what the variable holds is no URL of https'],
  ])('does not go to %s', async (url, expected) => {
    const questions: HttpQuestion[] = []
    const never: Exchange = async (question) => {
      questions.push(question)
      return { status: 200, headers: {}, text: '' }
    }
    expect(await send(aDelivery(url), means({ exchange: never }))).toBe(expected)
    expect(questions).toEqual([])
  })

  it('tells why nobody took it, without the address', async () => {
    expect(await send(aDelivery('http://127.0.0.1:1/geheim'), means())).toBe(
      'the connection was refused (tried 4 times)',
    )
  })

  it('ends with the run', async () => {
    await using server = await answers('hang')
    const ending = new AbortController()
    const sent = send(aDelivery(server.url), means({ signal: ending.signal }))
    ending.abort()
    expect(await sent).not.toBeUndefined()
    expect(server.asked.length).toBeLessThanOrEqual(1)
  })
})
