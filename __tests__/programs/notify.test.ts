import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aWebServer, type WebServer } from '../health/a-web-server.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const SLACK_PATH = '/services/T0/B0/geheimes-wort'

let database: TestDatabase
let migrator: Migrator
let server: WebServer
let status = 200

beforeAll(async () => {
  database = await aDatabase()
  migrator = await aMigrator(database.url, { '01_a.sql': 'CREATE TABLE a ();' })
  server = await aWebServer(() => ({ status, text: 'ok' }))
  await migrator.project.write(
    'devflow.yml',
    `project: { name: shop }
database:
  environments:
    test: { class: production }
    other:
notifications:
  - { type: webhook, url_env: HOOK_URL, secret_env: HOOK_SECRET, on: [planned, waiting-for-approval, applied, failed, drift] }
  - { type: slack, url_env: SLACK_WEBHOOK_URL, on: [applied] }
  - { type: slack, url_env: OTHER_URL, environments: [other] }
`,
  )
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await migrator[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const system = { github: { pauseMs: 1 } }
const variables = () => ({
  HOOK_URL: `${server.url}/hook`,
  HOOK_SECRET: 'unterschrift',
  SLACK_WEBHOOK_URL: `${server.url}${SLACK_PATH}`,
  CONFIRM_PRODUCTION_MIGRATION: 'true',
})

async function run(command: string, more: Record<string, string> = {}) {
  const before = server.asked.length
  const report = await migrator.run(command, {
    system,
    given: { rehearse: 'target' },
    variables: { ...variables(), ...more },
  })
  return { report, sent: server.asked.slice(before) }
}

describe('notifications', () => {
  it('tell who waits for it that a plan of a protected environment waits for an approval', async () => {
    const { report, sent } = await run('plan', {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
    })
    expect(verdict(report)).toBe('0 planned')
    expect(sent.map(({ path }) => path)).toEqual(['/hook'])
    const [{ body = '', headers } = {}] = sent
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      event: 'waiting-for-approval',
      events: ['waiting-for-approval', 'planned'],
      project: 'shop',
      environment: 'test',
      status: 'planned',
      planHash: report.plan?.hash,
      pending: { count: 1, first: [{ version: '01', name: '01_a.sql' }] },
      runUrl: 'https://github.com/acme/shop/actions/runs/42',
    })
    expect(headers?.['x-devflow-signature-256']).toBe(
      `sha256=${createHmac('sha256', 'unterschrift').update(body).digest('hex')}`,
    )
  })

  it('tell that something was applied, each in its own form', async () => {
    const { report, sent } = await run('migrate')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    const byPath = Object.fromEntries(sent.map(({ path, body }) => [path, JSON.parse(body)]))
    expect(byPath['/hook']).toMatchObject({
      event: 'applied',
      applied: { count: 1 },
      pending: { count: 0 },
      ready: true,
    })
    expect(byPath[SLACK_PATH].text).toContain('✅ shop · test: migrations applied')
  })

  it('tell of drift, and of what failed, but not of a run that had nothing to do', async () => {
    expect((await run('migrate')).sent).toEqual([])
    await migrator.write('01_a.sql', 'CREATE TABLE b ();')
    const { report, sent } = await run('migrate')
    expect(report.exitCode).toBe(1)
    expect(sent.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        events: ['failed', 'drift'],
        driftCount: 1,
        problems: { count: 1, first: ['01_a.sql was edited after it was applied.'] },
      },
    ])
    await migrator.write('01_a.sql', 'CREATE TABLE a ();')
  })

  it('change no verdict where they are not taken, or there is no address, and are a note', async () => {
    await migrator.write('02_b.sql', 'CREATE TABLE b ();')
    status = 500
    const { report, sent } = await run('migrate', { HOOK_SECRET: '' })
    status = 200
    expect([verdict(report), report.ready]).toEqual(['0 applied: 02 applied', true])
    expect(sent.map(({ path }) => path)).toEqual(Array(4).fill(SLACK_PATH))
    const notes = report.notes.filter((note) => note.startsWith('The notification'))
    expect(notes).toEqual([
      expect.stringContaining('HOOK_URL (webhook) was not sent: the variable HOOK_SECRET is not set'),
      expect.stringContaining('SLACK_WEBHOOK_URL (slack) was not sent: it answered 500 (tried 4 times)'),
    ])
    expect(JSON.stringify(report)).not.toContain('geheimes-wort')
  })

  it.each([
    ['pull_request', { pull_request: { head: { repo: { full_name: 'mallory/shop' } } } }],
    ['pull_request_target', {}],
    ['workflow_run', { workflow_run: { head_repository: { full_name: 'mallory/shop' } } }],
  ])('are not sent of %s, where the code of the job may be a stranger’s', async (event, payload) => {
    await migrator.project.write('event.json', JSON.stringify(payload))
    const job = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: `${migrator.project.path}/event.json`,
      GITHUB_REPOSITORY: 'acme/shop',
    }
    const { report, sent } = await run('migrate', job)
    expect(report.exitCode).toBe(1)
    expect(sent).toEqual([])
    expect(report.notes.join('\n')).toContain(
      'The notification to HOOK_URL (webhook) was not sent: this job may have the code of a stranger.',
    )
  })

  it('are for an environment by its other name too, and for none that is not there', async () => {
    await using other = await aMigrator('postgresql://nobody@127.0.0.1:1/none', { '01_a.sql': 'SELECT 1;' })
    const told = async (environments: string, environment: string) => {
      await other.project.write(
        'devflow.yml',
        `database: { environments: { prod: { class: development }, staging: } }
notifications: [{ type: slack, url_env: NOT_SET, on: [failed], environments: [${environments}] }]`,
      )
      return other.run('plan', { given: { environment } })
    }
    const missing = expect.stringContaining('NOT_SET is not set')
    expect((await told('production', 'prod')).notes).toContainEqual(missing)
    expect((await told('production', 'staging')).notes).not.toContainEqual(missing)
    const { exitCode, problems } = await told('prodution', 'staging')
    expect([exitCode, problems.map(({ message }) => message)]).toEqual([
      2,
      ['A notification of devflow.yml is for the environment "prodution", which is not there.'],
    ])
  })

  it('show no secret that stands in the migrations', async () => {
    await migrator.write('03_c.sql', `DO $$ BEGIN RAISE EXCEPTION '%', 'unterschrift ${SLACK_PATH}'; END $$;`)
    const { report, sent } = await run('migrate')
    expect(report.exitCode).toBe(1)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).not.toMatch(/unterschrift|geheimes-wort/)
  })

  it.each([
    ['{ type: mail, url_env: A }', 'it must be webhook or slack'],
    [
      '{ type: slack, url_env: "https://hooks.slack.com/services/geheim" }',
      'it must be the name of an environment variable',
    ],
    ['{ type: slack, url_env: A, secret_env: B }', 'secret_env stands with type: webhook'],
    [
      '{ type: slack, url_env: A, on: [everything] }',
      'it must be failed, drift, waiting-for-approval, applied or planned',
    ],
    ['{ type: slack, url_env: A, on: [] }', 'it must be a list with an event in it'],
  ])('are checked before: %s', async (text, expected) => {
    await using other = await aMigrator(database.url)
    await other.project.write('devflow.yml', `notifications:\n  - ${text}\n`)
    const { exitCode, problems } = await other.run('status')
    expect(exitCode).toBe(2)
    expect(problems.map(({ message }) => message).join('\n')).toContain(expected)
    expect(JSON.stringify(problems)).not.toContain('geheim')
  })
})
