import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { listen } from '../../src/host/listen.js'
import { makeHandler } from '../../src/programs/library/make-handler.js'
import { serve } from '../../src/programs/serve.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'

const servers: AbortController[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.abort('SIGTERM')
})

async function aListener(handler: (request: Request) => Promise<Response>) {
  const controller = new AbortController()
  servers.push(controller)
  const { port, ended } = await listen(handler, {
    port: 0,
    path: '/api/migrations',
    signal: controller.signal,
  })
  return {
    url: `http://127.0.0.1:${port}/api/migrations`,
    port,
    ended,
    end: () => controller.abort('SIGTERM'),
  }
}

const POST = 'POST /api/migrations HTTP/1.1\r\nhost: localhost\r\n'

/** Of a GET with headers that fetch would not let through. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const [response] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode
}

const echo = async (request: Request) =>
  new Response(JSON.stringify([request.method, request.headers.get('x-a'), await request.text()]), {
    status: 201,
    headers: { 'x-b': 'there' },
  })

describe('a local server', () => {
  it('hands requests on as they are, and answers back', async () => {
    const { url } = await aListener(echo)
    const response = await fetch(url, { method: 'POST', body: 'ä'.repeat(3000), headers: { 'x-a': '1' } })
    expect(response.status).toBe(201)
    expect(response.headers.get('x-b')).toBe('there')
    expect(await response.json()).toEqual(['POST', '1', 'ä'.repeat(3000)])
    expect(await (await fetch(url)).json()).toEqual(['GET', null, ''])
  })

  it('answers nothing else, and no page of a browser', async () => {
    const { url } = await aListener(echo)
    expect((await fetch(`${url}/more`)).status).toBe(404)
    expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(404)
  })

  it('answers no page that says no origin, nor one whose site took this address for its own', async () => {
    const { url, port } = await aListener(echo)
    expect(await statusOf(url, { 'sec-fetch-site': 'cross-site' })).toBe(404)
    expect(await statusOf(url, { host: `evil.example:${port}` })).toBe(404)
    expect(await statusOf(url, { host: 'localhost:9999' })).toBe(201)
  })

  it('answers who sends more than is read', async () => {
    const handler = makeHandler({ databaseUrl: 'postgres://127.0.0.1:1/x', token: 'a-long-random-text' })
    const { url } = await aListener(handler)
    const headers = { authorization: 'Bearer a-long-random-text', 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(8 * 1024 * 1024), headers })
    expect(response.status).toBe(413)
  })

  it('ends though somebody keeps a connection on which nothing is asked, or half a question', async () => {
    let asked = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const { port, ended, end } = await aListener((request) => {
      asked()
      return echo(request)
    })
    const begun = ['', 'POST /api/migrations HTTP/1.1\r\nhost: ', `${POST}content-length: 9\r\n\r\nhalf`]
    const sockets = begun.map((text) => {
      const socket = connect(port, '127.0.0.1', () => void socket.write(text))
      return socket.on('error', () => {})
    })
    await isAsked
    end()
    await ended
    for (const socket of sockets) socket.destroy()
  })

  it('answers what it was asked before it ends', async () => {
    let end = () => {}
    const listener = await aListener(async () => {
      await new Promise(setImmediate)
      end()
      await new Promise(setImmediate)
      return new Response('late')
    })
    end = listener.end
    expect(await (await fetch(listener.url)).text()).toBe('late')
    await listener.ended
  })

  it('answers what makes its handler fail', async () => {
    const { url } = await aListener(() => Promise.reject(new Error('no')))
    expect((await fetch(url)).status).toBe(400)
  })

  it('ends when it is asked to, and not before', async () => {
    const { url, ended, end } = await aListener(echo)
    expect((await fetch(url, { headers: { connection: 'close' } })).status).toBe(201)
    end()
    await ended
    await expect(fetch(url)).rejects.toThrow()
  })

  it('says which port is not to be had', async () => {
    const { port } = await aListener(echo)
    await using project = await aProject({ 'migrations/01_a.sql': 'SELECT 1;' })
    const report = await serving(project.path, {
      PORT: String(port),
      DATABASE_URL: 'postgres://127.0.0.1:1/x',
    })
    expect(report.problems).toEqual([
      {
        message: `Port ${port} of 127.0.0.1 can not be opened (EADDRINUSE).`,
        help: expect.stringContaining('PORT'),
      },
    ])
    expect(report.exitCode).toBe(2)
  })
})

function serving(
  folder: string,
  variables: Record<string, string>,
  { environment = 'staging', onNote = (_: string) => {}, signal = new AbortController().signal } = {},
) {
  const inputs = {
    entry: 'cli',
    given: { command: 'serve', environment },
    variables: { INTERNAL_ADMIN_TOKEN: 'a-long-random-text', ...variables },
    folder,
    ci: false,
    verbose: false,
  } as const
  const observe = (event: { kind: string; message?: string }) => {
    if (event.kind === 'note') onNote(event.message ?? '')
  }
  return serve(inputs, { observe, now: () => new Date(), signal }, async () => {})
}

describe('devflow db serve', () => {
  it('answers on this machine until it is asked to end', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);' })
    const controller = new AbortController()
    const variables = { PORT: '0', DATABASE_URL: database.url }
    let running: ReturnType<typeof serving> | undefined
    const note = await new Promise<string>((onNote) => {
      running = serving(project.path, variables, { onNote, signal: controller.signal })
    })
    const url = /http:\S+/.exec(note)?.[0] ?? ''
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/migrations$/)
    const authorization = 'Bearer a-long-random-text'
    const answer = await fetch(url, { headers: { authorization, connection: 'close' } })
    expect(await answer.json()).toMatchObject({ environment: 'staging', status: 'pending' })
    expect((await fetch(url, { headers: { connection: 'close' } })).status).toBe(401)
    controller.abort('SIGINT')
    expect(await running).toMatchObject({ command: 'serve', exitCode: 130, endedBy: 'SIGINT' })
  })

  it.each([
    ['without a token', { INTERNAL_ADMIN_TOKEN: '' }, 'staging', 'INTERNAL_ADMIN_TOKEN is not set'],
    ['for production', {}, 'production', 'serve is refused for production'],
    ['where NODE_ENV is production', { NODE_ENV: 'production' }, 'staging', 'NODE_ENV is production'],
    ['on no port', { PORT: '70000' }, 'staging', '70000'],
  ])('is refused %s', async (_, variables, environment, why) => {
    await using project = await aProject({ 'migrations/01_a.sql': 'SELECT 1;' })
    const report = await serving(
      project.path,
      { DATABASE_URL: 'postgres://127.0.0.1:1/x', ...variables },
      { environment },
    )
    expect(report).toMatchObject({ exitCode: 2, problems: [{ message: expect.stringContaining(why) }] })
  })
})
