import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { makeRest, type RestOptions } from '../../src/github/rest.js'
import { aGitHubApi, type GitHubApi, type Routes, type Scripted } from '../support/github-api/a-github-api.js'
import { until } from '../support/until.js'

/** Whatever else keeps the machine busy, an answer comes in time: what is too late is another try, and is counted. */
const restTo = (api: GitHubApi, options: Partial<RestOptions> = {}) =>
  makeRest({ apiUrl: api.url, token: api.token, variables: {}, pauseMs: 2, timeoutMs: 30_000, ...options })

const at = (route: Scripted | readonly Scripted[]): Routes => ({
  'GET /x': route,
  'POST /x': route,
  'PATCH /x': route,
})
const ok = { body: { a: 1 } }

/** Who connects to it is counted, however soon it gives up, and gets no answer. */
async function aSilentServer() {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.on('error', () => {}).resume()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
  }
}

describe('a question to GitHub', () => {
  it('names the version of the API, the tool and the token, and asks once', async () => {
    await using api = await aGitHubApi(at(ok))
    expect(await restTo(api).get('/x')).toEqual({ value: { a: 1 } })
    expect(api.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /x'])
    expect(api.asked[0]?.headers).toMatchObject({
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${api.token}`,
      'user-agent': expect.stringMatching(/^devflow-migrate\/\d/),
      'x-github-api-version': '2022-11-28',
    })
  })

  it('goes to a server of one’s own, whose API lies in a folder', async () => {
    await using api = await aGitHubApi({ 'GET /x': { pages: [[1], [2], [3]] } }, { prefix: '/api/v3' })
    const rest = makeRest({ apiUrl: `${api.url}/`, token: api.token, variables: {} })
    expect(await rest.getAll('/x?per_page=1')).toEqual({ value: [1, 2, 3] })
    expect(api.asked.map(({ url }) => url)).toEqual([
      '/api/v3/x?per_page=1',
      '/api/v3/x?per_page=1&page=2',
      '/api/v3/x?per_page=1&page=3',
    ])
  })

  it.each<[string, Scripted, object]>([
    ['that has no token', { status: 401, body: { message: 'Bad credentials' } }, { kind: 'unauthorised' }],
    [
      'that may not be asked',
      { status: 403, headers: { 'x-accepted-github-permissions': 'actions=read' }, body: { message: 'No' } },
      { kind: 'forbidden', needs: 'actions: read', message: 'No' },
    ],
    ['whose answer is nowhere', { status: 404, body: {} }, { kind: 'not-found' }],
    [
      'that is refused',
      { status: 422, body: { message: 'Invalid' } },
      { kind: 'rejected', status: 422, message: 'Invalid' },
    ],
    ['for something that is gone', { status: 410, text: '' }, { kind: 'not-found' }],
    [
      'whose answer is too large',
      { text: JSON.stringify('x'.repeat(5_000)) },
      { kind: 'unreachable', detail: 'its answer is larger than 4096 bytes' },
    ],
  ])('%s fails as what it is', async (_, answer, cause) => {
    await using api = await aGitHubApi(at(answer))
    const reply = await restTo(api, { largestBytes: 4_096 }).get('/x')
    expect(reply).toEqual({ failure: { asked: 'GET /x', ...cause } })
  })

  it.each<[string, Scripted]>([
    ['500', { status: 500, text: '<html>' }],
    ['503', { status: 503, body: {} }],
    ['an answer that breaks off', { ...ok, cut: 'half' }],
    ['no answer', { cut: 'before' }],
    ['half of a JSON', { text: '{"a":' }],
    ['too often, for no time', { status: 429, headers: { 'retry-after': '0' }, body: {} }],
    ['too often, by the other limit', { status: 403, headers: { 'retry-after': '0' }, body: {} }],
    [
      'too often, in words only',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
    ],
  ])('is asked again after %s, four times and no more', async (_, trouble) => {
    await using api = await aGitHubApi(at([trouble, trouble, trouble, ok]))
    expect(await restTo(api).get('/x')).toEqual({ value: { a: 1 } })
    expect(api.asked).toHaveLength(4)
    await using dead = await aGitHubApi(at(trouble))
    expect((await restTo(dead).get('/x')).failure).toBeDefined()
    expect(dead.asked).toHaveLength(4)
  })

  it('is asked again after an answer that is too late, four times and no more', async () => {
    await using api = await aGitHubApi(at([{ ...ok, delayMs: 60_000 }, ok]))
    expect(await restTo(api, { timeoutMs: 3_000 }).get('/x')).toEqual({ value: { a: 1 } })
    expect(api.asked).toHaveLength(2)
    await using silent = await aSilentServer()
    const { failure } = await restTo({ ...api, url: silent.url }, { timeoutMs: 100 }).get('/x')
    expect(failure).toMatchObject({ kind: 'unreachable', detail: 'no answer within 0.1 s' })
    await until(async () => silent.connections() >= 4)
    expect(silent.connections()).toBe(4)
  })

  it('is not asked again where another try would end the same', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      await using api = await aGitHubApi(at({ status, body: {} }))
      await restTo(api).get('/x')
      expect(api.asked).toHaveLength(1)
    }
  })

  it('waits as long as it is told to, and no longer than its patience', async () => {
    await using api = await aGitHubApi(at([{ status: 429, headers: { 'retry-after': '1' }, body: {} }, ok]))
    const began = performance.now()
    expect(await restTo(api).get('/x')).toEqual({ value: { a: 1 } })
    expect(performance.now() - began).toBeGreaterThan(950)
    await using slow = await aGitHubApi(at({ status: 429, headers: { 'retry-after': '3600' }, body: {} }))
    const { failure } = await restTo(slow).get('/x')
    expect(failure).toMatchObject({ kind: 'rate-limited', retryAt: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(slow.asked).toHaveLength(1)
  })

  it('ends when the run is asked to end', async () => {
    await using api = await aGitHubApi(at({ status: 503, body: {} }))
    const ending = new AbortController()
    setTimeout(() => ending.abort(), 50)
    const reply = await restTo(api, { signal: ending.signal, pauseMs: 60_000, patienceMs: 600_000 }).get('/x')
    expect(reply.failure?.kind).toBe('cancelled')
  })

  it('that changes something is sent again only where it was surely not taken', async () => {
    for (const [trouble, times] of [
      [{ status: 502, body: {} }, 1],
      [{ cut: 'before' }, 1],
      [{ status: 429, headers: { 'retry-after': '0' }, body: {} }, 2],
    ] as const) {
      await using api = await aGitHubApi(at([trouble, { status: 201, body: { id: 1 } }]))
      await restTo(api).send('POST', '/x', { body: 'é' })
      expect(api.asked.map(({ body }) => body)).toEqual(Array(times).fill('{"body":"é"}'))
    }
    await using api = await aGitHubApi(
      at([
        { status: 502, body: {} },
        { status: 200, body: { id: 1 } },
      ]),
    )
    expect(await restTo(api).send('PATCH', '/x', {})).toEqual({ value: { id: 1 } })
  })

  it('takes an empty answer for what it is', async () => {
    await using api = await aGitHubApi({ 'DELETE /x': { status: 204, text: '' } })
    expect(await restTo(api).send('DELETE', '/x', undefined)).toEqual({ value: null })
  })

  it('follows a repository that was renamed, on the same server only', async () => {
    await using other = await aGitHubApi({ 'GET /y': ok })
    await using api = await aGitHubApi({
      'GET /x': { status: 301, headers: { location: '/y' }, body: {} },
      'GET /y': ok,
      'GET /away': { status: 302, headers: { location: `${other.url}/y` }, body: {} },
      'GET /round': { status: 307, headers: { location: '/round' }, body: {} },
    })
    expect(await restTo(api).get('/x')).toEqual({ value: { a: 1 } })
    expect((await restTo(api).get('/away')).failure).toMatchObject({ detail: 'it points to another server' })
    expect((await restTo(api).get('/round')).failure).toMatchObject({
      detail: 'it points from one address to the next without end',
    })
    expect(other.asked).toEqual([])
  })

  it('reads a list whole or not at all', async () => {
    const endless = Array.from({ length: 40 }, (_, page) => [page])
    await using api = await aGitHubApi({
      'GET /endless': { pages: endless },
      'GET /none': { body: { message: 'hello' } },
      'GET /broken': ({ url }) =>
        url?.includes('page=2')
          ? { status: 404, body: {} }
          : { body: [1], headers: { link: `<${api.url}/broken?page=2>; rel="next"` } },
    })
    expect((await restTo(api).getAll('/endless')).failure).toMatchObject({
      detail: 'its list has more than 30 pages',
    })
    expect((await restTo(api).getAll('/none')).failure).toMatchObject({ detail: 'its answer is no list' })
    expect((await restTo(api).getAll('/broken')).failure).toMatchObject({ kind: 'not-found' })
  })

  it('with a name that leads elsewhere asks nothing', async () => {
    await using api = await aGitHubApi({ 'GET /repos': ok })
    for (const path of ['/repos/a/..', '/repos/%2e%2e/x', '/repos/a/../../x', '/repos\\x']) {
      expect((await restTo(api).get(path)).failure?.kind).toBe('not-found')
    }
    expect(api.asked).toEqual([])
  })
})

describe('the token', () => {
  it.each(['http://github.acme.example/api/v3', 'http://10.0.0.1', 'ftp://127.0.0.1', 'nonsense'])(
    'is not sent to %s',
    async (apiUrl) => {
      const { failure } = await makeRest({ apiUrl, token: 't0ken', variables: {} }).get('/x')
      expect(failure).toMatchObject({
        kind: 'unreachable',
        detail: expect.stringContaining('GITHUB_API_URL'),
      })
    },
  )

  it('that can be none is not sent', async () => {
    await using api = await aGitHubApi(at(ok))
    for (const token of ['', ' ', 'a\nb', 'tökén']) {
      expect((await restTo(api, { token }).get('/x')).failure?.kind).toBe('unauthorised')
    }
    expect(api.asked).toEqual([])
  })

  it('stands in no failure, whatever a server repeats', async () => {
    for (const status of [400, 401, 403, 404, 422, 429, 500]) {
      await using api = await aGitHubApi({
        'GET /x': ({ headers }) => ({ status, body: { message: `${headers.authorization} `.repeat(9) } }),
      })
      const reply = await restTo(api, { patienceMs: 0 }).get('/x')
      expect(reply.failure).toBeDefined()
      expect(JSON.stringify(reply)).not.toContain(api.token.slice(0, 12))
    }
  })
})
