import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { devflowYml } from '../gate/a-gated-job.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { aConversation } from '../support/github-api/a-conversation.js'
import { aGitHubApi, type Routes } from '../support/github-api/a-github-api.js'
import { aRepository, aRun, HEAD } from '../support/github-api/a-repository.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import type { JobOptions } from '../support/runner/run-action.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const FILES = {
  'migrations/01_a.sql': 'create table a (n int);',
  'migrations/02_b.sql': 'create table b (n int);',
}

const aShop = (settings: Readonly<Record<string, unknown>>): Promise<Project> =>
  aProject({ 'devflow.yml': devflowYml({ class: 'staging', ...settings }), ...FILES })

/** Each job has a checkout of its own; what an artifact hands on is copied. */
async function job(
  database: TestDatabase,
  project: Project,
  inputs: Readonly<Record<string, string>>,
  { env = {}, ...more }: Partial<JobOptions> = {},
) {
  return runStep({
    bundle,
    project,
    inputs: { environment: 'live', ...inputs },
    env: { LIVE_DATABASE_URL: database.url, ...env },
    ...more,
  })
}

const PLAN = 'plan/devflow-plan.json'

describe('two jobs of a workflow', () => {
  inNode24('apply what was planned and approved, once', async () => {
    await using database = await aDatabase()
    await using planning = await aShop({ require_approval: true, 'github-environment': 'production' })
    await using applying = await aShop({ require_approval: true, 'github-environment': 'production' })
    await using api = await aGitHubApi(aRepository())
    const env = { GITHUB_API_URL: api.url }

    await planning.write('plan/.keep', '')
    const planned = await job(database, planning, { command: 'plan', 'plan-file': PLAN })
    expect(planned.outputs).toMatchObject({ status: 'planned', ready: 'false', 'pending-count': '2' })
    const hash = planned.outputs['plan-hash'] ?? ''
    expect(planned.summary).toContain(hash)
    const plan = await planning.read(PLAN)
    expect(JSON.parse(plan)).toMatchObject({ hash })

    await applying.write(PLAN, plan)
    const inputs = {
      command: 'migrate',
      'expected-plan-hash': hash,
      'plan-file': PLAN,
      'github-token': api.token,
    }
    await applying.write('migrations/03_c.sql', 'create table c ();')
    const changed = await job(database, applying, inputs, { env })
    expect(changed.outputs).toMatchObject({ status: 'refused', ready: 'false', 'applied-count': '0' })
    expect(changed.log.join('\n')).toContain('This field differs: migrations.')
    expect(changed.log.join('\n')).toContain('03_c.sql is pending, and is not part of the plan')
    expect(await applying.read(PLAN)).toBe(plan)

    await applying.remove('migrations/03_c.sql')
    const applied = await job(database, applying, inputs, { env })
    expect(applied.outputs).toMatchObject({ status: 'applied', ready: 'true', 'plan-hash': hash })
    expect(applied.report.approval).toMatchObject({ by: 'alice' })

    const other = aRepository({ run: aRun({ id: 43 }) })
    const routes = Object.entries(other).map(([key, route]) => [key.replace('/runs/42', '/runs/43'), route])
    await using later = await aGitHubApi(Object.fromEntries(routes))
    const again = await job(database, applying, inputs, {
      env: { GITHUB_API_URL: later.url, GITHUB_RUN_ID: '43' },
    })
    expect(again.outputs).toMatchObject({ status: 'refused', 'applied-count': '0' })
    expect(again.log.join('\n')).toContain('It was used already')
  })

  inNode24('go on in a later attempt where the first was killed, and in no other run', async () => {
    await using database = await aDatabase()
    await using project = await aShop({ require_approval: true, 'github-environment': 'production' })
    await project.write('migrations/02_b.sql', UNTIL_READY)
    const hash = (await job(database, project, { command: 'plan' })).outputs['plan-hash'] ?? ''
    await using api = await aGitHubApi(twoAttemptsOfTwoRuns())
    const approved = { command: 'migrate', 'expected-plan-hash': hash, 'github-token': api.token }
    const inRun = (id: string, attempt: string) => ({
      env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt },
    })
    const signal = { name: 'SIGKILL', when: 'hold on' } as const
    // What is killed leaves no report.
    await expect(job(database, project, approved, { ...inRun('42', '1'), signal })).rejects.toThrow()
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [database.name],
    )
    await database.query('create table ready ()')
    expect(await applied(database)).toEqual([{ version: '01' }])

    const stranger = await job(database, project, approved, inRun('43', '1'))
    expect(stranger.outputs).toMatchObject({ status: 'refused', 'applied-count': '0' })
    expect(stranger.log.join('\n')).toContain('It was used already: under it 01 was applied, by')

    const { outputs, report } = await job(database, project, approved, inRun('42', '2'))
    expect(report.problems).toEqual([])
    expect(outputs).toMatchObject({
      status: 'applied',
      ready: 'true',
      'applied-count': '1',
      'plan-hash': hash,
    })
    expect(await applied(database)).toEqual([{ version: '01' }, { version: '02' }])
  })
})

/** Tells the client that it waits, and waits without end until a table is there. */
const UNTIL_READY = `do $$ begin
  raise notice 'hold on';
  perform pg_sleep(case when to_regclass('public.ready') is null then 600 else 0 end);
end $$;`

function twoAttemptsOfTwoRuns(): Routes {
  const of = (id: number, attempt: number) => {
    const routes = Object.entries(aRepository({ run: aRun({ id, run_attempt: attempt }) }, attempt))
    return routes.map(([key, route]) => [key.replace('/runs/42', `/runs/${id}`), route] as const)
  }
  return Object.fromEntries([...of(42, 1), ...of(42, 2), ...of(43, 1)])
}

const applied = (database: TestDatabase) =>
  database.query(`select version from devflow.schema_migrations where status = 'completed' order by 1`)

describe('the action on a pull request', () => {
  inNode24('keeps one comment with the plan, and its token to itself', async () => {
    await using database = await aDatabase()
    await using project = await aShop({})
    const conversation = aConversation()
    await using api = await aGitHubApi(conversation.routes)
    const payload = { pull_request: { number: 7, head: { sha: HEAD, repo: { full_name: 'acme/shop' } } } }
    const comment = () =>
      job(
        database,
        project,
        { command: 'plan', comment: 'update', 'github-token': api.token },
        { env: { GITHUB_API_URL: api.url }, event: { name: 'pull_request', payload } },
      )
    const { outputs } = await comment()
    await project.write('migrations/03_c.sql', 'create table c ();')
    const second = await comment()
    const [one, ...more] = conversation.comments()
    expect(more).toEqual([])
    expect(one?.body).toContain(second.outputs['plan-hash'] ?? '?')
    expect(second.outputs['plan-hash']).not.toBe(outputs['plan-hash'])
    expect(one?.body).not.toContain(api.token)
    expect(one?.body).not.toContain(new URL(database.url).password)
    expect(second.masks).toContain(api.token)
  })
})

describe('the action in its review window', () => {
  inNode24('is cancelled with the job, and applies nothing', async () => {
    await using database = await aDatabase()
    await using project = await aShop({ 'review-window': '5m' })
    const started = performance.now()
    const result = await job(
      database,
      project,
      { command: 'migrate' },
      { signal: { name: 'SIGINT', when: 'cancel the workflow run' } },
    )
    expect(performance.now() - started).toBeLessThan(30_000)
    expect(result).toMatchObject({ exitCode: 130, conclusion: 'failure' })
    expect(result.outputs).toMatchObject({ status: 'cancelled', ready: 'false', 'applied-count': '0' })
    expect(result.summary).toContain('live')
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
  })
})

describe('the action in a workflow whose runs can meet', () => {
  inNode24('says what to add to it', async () => {
    await using database = await aDatabase()
    await using project = await aShop({})
    const path = '.github/workflows/database.yml'
    await project.write(path, 'jobs:\n  migrate:\n    steps: []\n')
    const env = { GITHUB_WORKFLOW_REF: `acme/shop/${path}@refs/heads/main` }
    const { annotations, outputs } = await job(database, project, { command: 'migrate' }, { env })
    expect(outputs.status).toBe('applied')
    const warnings = annotations.filter(({ message }) => message.includes('concurrency'))
    expect(warnings).toMatchObject([{ level: 'warning' }])
    expect(warnings[0]?.message).toContain(`The job migrate of ${path} has no concurrency`)
  })
})
