import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHandler, type HandlerOptions } from '../../src/index.js'
import { makeHandler } from '../../src/programs/library/make-handler.js'
import { aProject, type Project } from '../support/a-project.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'

const token = 'a-long-random-text-3f9c'
let database: TestDatabase
let project: Project

beforeAll(async () => {
  database = await aDatabase()
  project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);' })
})

afterAll(async () => {
  await project[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

function aHandler(overrides: Partial<HandlerOptions> = {}) {
  return createHandler({
    databaseUrl: database.url,
    environment: 'staging',
    folder: project.path,
    ...(overrides.authorize ? {} : { token }),
    ...overrides,
  })
}

interface Sent {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

function aRequest({ method = 'GET', body, headers = {} }: Sent = {}): Request {
  return new Request('http://localhost/api/migrations', {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  })
}

const post = (body: unknown) => aRequest({ method: 'POST', body: JSON.stringify(body) })

async function told(response: Response): Promise<[number, Record<string, unknown>]> {
  const text = await response.text()
  expect(text).not.toContain(token)
  expect(text).not.toContain(new URL(database.url).password || 'no password')
  return [response.status, JSON.parse(text)]
}

describe('the HTTP handler', () => {
  it('tells the status, rehearses and applies, with the JSON report', async () => {
    const handler = aHandler()
    const [, before] = await told(await handler(aRequest()))
    expect(before).toMatchObject({ command: 'status', status: 'pending', counts: { pending: 1 } })
    const [, rehearsed] = await told(await handler(post({ dryRun: true })))
    expect(rehearsed).toMatchObject({ command: 'dry-run', status: 'rehearsed', dryRun: true })
    expect(await database.query("SELECT to_regclass('public.a') AS a")).toEqual([{ a: null }])
    const [status, applied] = await told(await handler(post({ dryRun: false })))
    expect(status).toBe(200)
    expect(applied).toMatchObject({
      command: 'migrate',
      status: 'applied',
      ready: true,
      environment: 'staging',
    })
    expect(await told(await handler(aRequest()))).toMatchObject([200, { status: 'up-to-date' }])
  })

  it('answers what is no report as JSON that nobody keeps', async () => {
    const response = await aHandler()(aRequest({ method: 'DELETE' }))
    expect(Object.fromEntries(response.headers)).toMatchObject({
      allow: 'GET, POST',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(await told(response)).toMatchObject([405, { error: 'DELETE is not understood.' }])
  })

  it.each<[what: string, sent: Sent, status: number]>([
    ['no token', { headers: { authorization: '' } }, 401],
    ['another token', { headers: { authorization: 'Bearer nope' } }, 401],
    ['the token with more behind it', { headers: { authorization: `Bearer ${token}x` } }, 401],
    ['the token without its scheme', { headers: { authorization: token } }, 401],
    ['another scheme', { headers: { authorization: `Basic ${token}` } }, 401],
    ['a body that is no JSON', { method: 'POST', body: '{dryRun' }, 400],
    ['a body without dryRun', { method: 'POST', body: '{}' }, 400],
    ['a misspelt dryRun', { method: 'POST', body: '{"dryrun":true}' }, 400],
    ['a dryRun that is a text', { method: 'POST', body: '{"dryRun":"true"}' }, 400],
    ['a database of its own', { method: 'POST', body: '{"dryRun":true,"databaseUrl":"postgres://x"}' }, 400],
    ['a list', { method: 'POST', body: '[true]' }, 400],
    ['null', { method: 'POST', body: 'null' }, 400],
    ['no body', { method: 'POST', headers: { 'content-type': 'application/json' } }, 400],
    [
      'a form',
      {
        method: 'POST',
        body: 'dryRun=false',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      415,
    ],
    ['a body that is too large', { method: 'POST', body: `{"dryRun":true${' '.repeat(5000)}}` }, 413],
    ['another method', { method: 'PUT', body: '{"dryRun":true}' }, 405],
  ])('refuses %s before anything is connected to', async (_, sent, status) => {
    const [answered, body] = await told(
      await aHandler({ databaseUrl: 'postgres://127.0.0.1:1/none' })(aRequest(sent)),
    )
    expect(answered).toBe(status)
    expect(body).toEqual({ error: expect.any(String), help: expect.any(String) })
  })

  it('lets nobody in where no token is configured, and no database be chosen by the environment', async () => {
    for (const unset of [undefined, ''])
      expect(
        await told(await aHandler({ token: unset })(aRequest({ headers: { authorization: 'Bearer ' } }))),
      ).toMatchObject([403, { error: 'No token is configured, so nobody is let in.' }])
    expect(await told(await aHandler({ databaseUrl: '' })(aRequest()))).toMatchObject([
      403,
      { error: 'No database is configured.' },
    ])
  })

  it('lets in whom its creator lets in, and nobody where that fails', async () => {
    const asked: string[] = []
    const authorize = (request: Request) => asked.push(request.method) > 0
    expect((await aHandler({ authorize })(aRequest({ headers: { authorization: '' } }))).status).toBe(200)
    expect(asked).toEqual(['GET'])
    const failing = () => Promise.reject(new Error('no session'))
    expect((await aHandler({ authorize: failing })(aRequest())).status).toBe(401)
    const truthy = (() => 'yes') as unknown as () => boolean
    expect((await aHandler({ authorize: truthy })(aRequest())).status).toBe(401)
  })

  it('chooses no other database where the one it was given is blank', async () => {
    expect(await told(await aHandler({ databaseUrl: ' ' })(aRequest()))).toMatchObject([
      403,
      { error: 'No database is configured.' },
    ])
  })

  it('answers 503 where the run is asked to end', async () => {
    await using more = await aProject({
      'migrations/01_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
      'migrations/02_b.sql': 'CREATE TABLE b (id bigint PRIMARY KEY);',
    })
    const options = { databaseUrl: database.url, environment: 'staging', folder: more.path, token }
    const handler = makeHandler(options, { signal: AbortSignal.abort('SIGTERM') })
    expect(await told(await handler(post({ dryRun: false })))).toMatchObject([503, { status: 'cancelled' }])
  })

  it('lets who authorizes read the body', async () => {
    const bodies: string[] = []
    const authorize = async (request: Request) => bodies.push(await request.text()) > 0
    const handler = aHandler({ authorize, commands: ['status'] })
    expect(await told(await handler(post({ dryRun: true })))).toMatchObject([
      403,
      { error: 'dry-run is not allowed here.' },
    ])
    expect(bodies).toEqual(['{"dryRun":true}'])
  })

  it('is made with a token or a function, and with commands that there are', () => {
    expect(() => aHandler({ token, authorize: () => true })).toThrow('not both')
    expect(() => aHandler({ commands: ['rollback' as 'status'] })).toThrow(
      'status, dry-run, migrate, and not rollback',
    )
  })

  it('allows the commands that its creator allows', async () => {
    const handler = aHandler({ commands: ['status', 'dry-run'] })
    expect(await told(await handler(post({ dryRun: false })))).toMatchObject([
      403,
      { error: 'migrate is not allowed here.' },
    ])
    expect((await handler(post({ dryRun: true }))).status).toBe(200)
  })

  it.each([
    ['production', 'is of class production'],
    ['prod', 'is of class production'],
    ['anything else', 'is of class production'],
  ])('is refused for the environment %s', async (environment, why) => {
    const [status, report] = await told(await aHandler({ environment })(aRequest()))
    expect(status).toBe(403)
    expect(report).toMatchObject({ problems: [{ message: expect.stringContaining(why) }], target: null })
  })

  it('is refused where NODE_ENV is production, whoever asks', async () => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    try {
      expect((await aHandler()(aRequest({ headers: { authorization: '' } }))).status).toBe(403)
      expect((await aHandler()(aRequest())).status).toBe(403)
    } finally {
      process.env.NODE_ENV = before
    }
  })

  it('runs one at a time, here and beside other processes, and says who runs', async () => {
    await project.write('migrations/02_wait.sql', 'SELECT pg_advisory_xact_lock(7);')
    await database.query('BEGIN')
    await database.query('SELECT pg_advisory_xact_lock(7)')
    const first = aHandler()
    const running = first(post({ dryRun: false }))
    const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    for (let rows = await database.query(waiting); rows[0]?.n === 0; ) rows = await database.query(waiting)
    expect(await told(await first(post({ dryRun: true })))).toMatchObject([
      409,
      { error: expect.stringContaining('migrate is under way since') },
    ])
    const [status, report] = await told(await aHandler()(post({ dryRun: true })))
    expect(status).toBe(409)
    expect(report).toMatchObject({
      problems: [{ message: expect.stringContaining('Another run holds the lock of this target: process') }],
    })
    expect((await first(aRequest())).status).toBe(200)
    await database.query('COMMIT')
    expect(await told(await running)).toMatchObject([200, { status: 'applied' }])
    expect((await first(post({ dryRun: true }))).status).toBe(200)
  })

  it('tells of a migration that fails with 422, and of a wrong set-up with 500', async () => {
    await project.write('migrations/03_wrong.sql', 'SELECT nope;')
    expect(await told(await aHandler()(post({ dryRun: false })))).toMatchObject([422, { status: 'failed' }])
    await project.remove('migrations/03_wrong.sql')
    const [status, report] = await told(await aHandler({ directory: 'nowhere' })(aRequest()))
    expect(status).toBe(500)
    expect(report).toMatchObject({ exitCode: 2, problems: [{ message: expect.stringContaining('nowhere') }] })
  })
})
