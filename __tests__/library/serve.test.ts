import { afterEach, describe, expect, it } from '@jest/globals'
import { serve } from '../../src/programs/serve.js'
import { listen } from '../../src/terminal/listen.js'
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
