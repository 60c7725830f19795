import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { inNode24 } from '../action/a-job.js'
import { read } from '../repository/tree.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import type { Project } from '../support/a-project.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository } from '../support/github-api/a-repository.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { aShop, TABLES } from './a-shop.js'
import { isWanted, type Outcome } from './evaluate.js'
import { runWorkflow, type WorkflowOptions } from './run-workflow.js'

const text = read('.github/workflows/production.yml')
const tag = { type: 'tag', name: 'v1.2.3' } as const
const byHand = { name: 'workflow_dispatch' }
const typed = 'MIGRATE-PRODUCTION'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

type Asked = Partial<WorkflowOptions> & Pick<WorkflowOptions, 'project'>

/** As a caller runs it for a tag, with the URL in both GitHub environments. */
function production(database: Pick<TestDatabase, 'url'>, { inputs = {}, ...asked }: Asked) {
  const secrets = { PRODUCTION_DATABASE_URL: database.url }
  return runWorkflow(text, {
    bundle,
    isCalled: true,
    ref: tag,
    environments: { production: secrets, 'production-plan': secrets },
    inputs: { 'review-window': '1s', ...inputs },
    ...asked,
  })
}

async function tablesOf(database: TestDatabase): Promise<string | undefined> {
  return (await database.query<{ names: string }>(TABLES))[0]?.names
}

describe('the production workflow, before anything is connected to', () => {
  const branch = { type: 'branch', name: 'main' } as const

  it.each([
    ['the tag of a version', { ref: tag }],
    ['the tag of a version to come', { ref: { type: 'tag', name: 'v2.0.0-rc.1' } as const }],
    ['any branch, where the caller says so', { ref: branch, inputs: { 'require-tag': false } }],
    [
      'a branch, by hand with what has to be typed',
      { ref: branch, event: byHand, inputs: { confirm: typed } },
    ],
  ])('goes on for %s', async (_name, asked) => {
    expect(await firstStep(asked)).toEqual({ outcome: 'success', said: [] })
  })

  it.each([
    ['a tag that only looks like one', { ref: { type: 'tag', name: 'v1.2' } as const }, 'no version'],
    ['a tag with a zero in front', { ref: { type: 'tag', name: 'v1.02.3' } as const }, 'no version'],
    ['a tag with a command in it', { ref: { type: 'tag', name: 'v1.2.3;id' } as const }, 'no version'],
    ['a push of a branch', { ref: branch }, 'no push of a tag'],
    ['a start by hand without a word', { ref: tag, event: byHand }, typed],
    ['another word', { ref: tag, event: byHand, inputs: { confirm: 'migrate-production' } }, typed],
    ['a command for a word', { ref: tag, event: byHand, inputs: { confirm: '$(id)' } }, typed],
  ])('refuses %s', async (_name, asked, words) => {
    const { outcome, said } = await firstStep(asked)
    expect({ outcome, said: said.length }).toEqual({ outcome: 'failure', said: 1 })
    expect(said[0]).toContain(words)
  })

  async function firstStep(asked: Partial<WorkflowOptions>) {
    const { jobs, ...rest } = parse(text)
    const first = { ...jobs.plan, steps: jobs.plan.steps.slice(0, 1) }
    const alone = JSON.stringify({ ...rest, jobs: { plan: first } })
    const run = await runWorkflow(alone, {
      bundle,
      project: { path: process.cwd() },
      isCalled: true,
      ...asked,
    })
    const [step] = run.jobs.plan?.steps ?? []
    return { outcome: step?.outcome, said: step?.ran?.annotations.map(({ message }) => message) ?? [] }
  }

  it('is a dry run by hand unless it is told otherwise', () => {
    expect(parse(text).on.workflow_dispatch.inputs).toMatchObject({
      confirm: { required: true },
      'dry-run': { default: true },
    })
  })
})

describe('the production workflow', () => {
  inNode24('plans, rehearses, applies just that, verifies and says that it may be deployed', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const run = await production(database, { project, inputs: { 'backup-id': 'snap-0815' } })
    expect(run.jobs).toMatchObject({
      plan: { result: 'success', outputs: { ready: 'false', status: 'rehearsed', 'pending-count': '2' } },
      apply: { result: 'success', outputs: { ready: 'true', status: 'applied', 'applied-count': '2' } },
      release: { result: 'skipped' },
    })
    expect(run.outputs).toMatchObject({ ready: 'true', status: 'applied', 'applied-count': '2' })
    const [marker] = await database.query<{ event: string; detail: string }>(
      `select event, detail from devflow.migration_history where version = '' and event <> 'anchor' order by seq limit 1`,
    )
    expect(marker?.event).toBe('backup-marker')
    expect(marker?.detail).toMatch(/server time \d{4}-.*LSN [0-9A-F]+\/[0-9A-F]+.*snap-0815/)
    expect(run.jobs.apply?.summary).toContain(run.outputs['plan-hash'])
    expect(await tablesOf(database)).toBe('orders users')
  })

  inNode24('asks nobody where nothing is pending, and says that it may be deployed', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    await production(database, { project })
    const again = await production(database, { project })
    expect(again.jobs).toMatchObject({ plan: { result: 'success' }, apply: { result: 'skipped' } })
    expect(again.outputs).toMatchObject({ ready: 'true', status: 'up-to-date', 'applied-count': '' })
  })

  inNode24('stops after the dry run where it is told to, and is not ready', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const inputs = { confirm: typed, 'dry-run': true }
    const run = await production(database, { project, event: byHand, inputs })
    expect(run.jobs).toMatchObject({ plan: { result: 'success' }, apply: { result: 'skipped' } })
    expect(run.outputs.ready).toBe('false')
    expect(await tablesOf(database)).toBe('')
  })

  inNode24('insists on a rehearsal', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    await project.write(
      'devflow.yml',
      (await project.read('devflow.yml')).replace('rehearse: target', 'rehearse: off'),
    )
    const run = await production(database, { project })
    expect(run.jobs).toMatchObject({ plan: { result: 'failure' }, apply: { result: 'skipped' } })
    expect(run.jobs.plan?.log).toContain('production needs a dry run')
    expect(run.outputs.ready).toBe('false')
  })

  inNode24(
    'does not say that it may be deployed where the smoke test fails, and says how to go on',
    async () => {
      await using database = await aDatabase()
      await using project = await aShop()
      const called = callWith({ 'smoke-test': 'test -z "$DATABASE_URL"; exit 3', 'review-window': '1s' })
      const secrets = { PRODUCTION_DATABASE_URL: database.url }
      const run = await runWorkflow(called, { bundle, project, ref: tag, secrets })
      expect(run.jobs.migrate).toMatchObject({ result: 'failure' })
      expect(run.jobs.migrate?.outputs.ready).not.toBe('true')
      expect(run.jobs.deploy?.result).toBe('skipped')
      expect(run.jobs.migrate?.summary).toContain('All migrations are applied. What failed came after them.')
      expect(await tablesOf(database)).toBe('orders users')
    },
  )

  inNode24(
    'is cancelled in its review window: nothing is applied, which is recorded, and the lock is free',
    async () => {
      await using database = await aDatabase()
      await using project = await aShop()
      const run = await production(database, {
        project,
        inputs: { 'review-window': '10m' },
        cancelledAt: 'cancel the workflow run',
      })
      expect(run.jobs).toMatchObject({
        plan: { result: 'success' },
        apply: { result: 'cancelled', outputs: { status: 'cancelled', ready: '', 'applied-count': '0' } },
        release: { result: 'skipped' },
      })
      expect(run.outputs.ready).not.toBe('true')
      expect(run.jobs.apply?.summary).toContain('The migrations were cancelled; applied by then: 0.')
      expect(await tablesOf(database)).toBe('')
      const told = `select event from devflow.migration_history where event <> 'anchor' order by seq`
      expect(await database.query(told)).toEqual([{ event: 'backup-marker' }, { event: 'cancelled' }])
      const locks = `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
      await until(async () => (await database.query(locks)).length === 0)
    },
  )

  inNode24('says how to go on after a file that fails', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const run = await production(database, {
      project,
      before: async (job) => {
        if (job === 'apply') await database.query('CREATE TABLE orders ()')
      },
    })
    expect(run.jobs.apply).toMatchObject({ result: 'failure', outputs: { ready: '' } })
    expect(run.outputs.ready).toBe('false')
    expect(run.jobs.apply?.summary).toContain('### How to go on')
  })
})

type Meanwhile = { readonly project: Project; readonly database: TestDatabase }

/** What happens, and a word of the field that the refusal names. */
const CHANGES: readonly (readonly [string, (meanwhile: Meanwhile) => Promise<unknown>, string])[] = [
  [
    'a file is edited',
    ({ project }) => project.write('migrations/02_orders.sql', 'CREATE TABLE other ();\n'),
    'This field differs: migrations.',
  ],
  [
    'a file is added',
    ({ project }) => project.write('migrations/03_more.sql', 'CREATE TABLE more ();\n'),
    'This field differs: migrations.',
  ],
  [
    'a file is taken away',
    ({ project }) => project.remove('migrations/02_orders.sql'),
    'This field differs: migrations.',
  ],
  [
    'another run applies the same',
    ({ project, database }) => production(database, { project, env: { GITHUB_RUN_ID: '43' } }),
    'It was used already',
  ],
]

describe('between plan and approval', () => {
  for (const [name, happens, words] of CHANGES) {
    inNode24(`${name}, and nothing is applied`, async () => {
      await using database = await aDatabase()
      await using project = await aShop()
      let before: string | undefined
      const run = await production(database, {
        project,
        before: async (job) => {
          if (job !== 'apply') return
          await happens({ project, database })
          before = await tablesOf(database)
        },
      })
      expect(run.jobs.apply).toMatchObject({ result: 'failure', outputs: { status: 'refused' } })
      expect(run.jobs.apply?.log).toContain(words)
      expect(run.outputs.ready).toBe('false')
      expect(await tablesOf(database)).toBe(before)
    })
  }

  inNode24('the secret is pointed at another database, and nothing is applied', async () => {
    await using database = await aDatabase()
    await using other = await aDatabase()
    await using project = await aShop()
    const run = await production(database, {
      project,
      environments: {
        'production-plan': { PRODUCTION_DATABASE_URL: database.url },
        production: { PRODUCTION_DATABASE_URL: other.url },
      },
    })
    expect(run.jobs.apply).toMatchObject({ result: 'failure', outputs: { status: 'refused' } })
    expect(await tablesOf(other)).toBe('')
  })
})

describe('the release', () => {
  const applied = { result: 'success', outputs: { ready: 'true' } }
  const leftOut = { result: 'skipped', outputs: {} }

  it.each([
    ['is made after the migrations', applied, 'false', {}, true],
    ['is made where nothing was pending', leftOut, 'true', {}, true],
    ['is not made after a failure', { result: 'failure', outputs: { ready: '' } }, 'false', {}, false],
    ['is not made where the plan failed', leftOut, '', {}, false],
    ['is not made for a branch', applied, 'false', { ref_type: 'branch' }, false],
    ['is not made after a dry run', leftOut, 'true', { 'dry-run': true }, false],
    ['is not made unless it is asked for', applied, 'false', { release: false }, false],
  ])('%s', (_name, apply, planReady, { ref_type = 'tag', ...given }: Record<string, unknown>, expected) => {
    const contexts = {
      github: { ref_type },
      inputs: { release: true, 'dry-run': false, ...given },
      needs: { plan: { outputs: { ready: planReady } }, apply },
    }
    expect(isWanted(parse(text).jobs.release.if, contexts, apply.result as Outcome)).toBe(expected)
  })
})

describe('with require_approval: true', () => {
  inNode24('what a required reviewer approved is applied', async () => {
    const { run, tables } = await withApprovals([anApproval()])
    expect(run.outputs).toMatchObject({ ready: 'true', status: 'applied' })
    expect(run.jobs.apply?.summary).toContain('alice')
    expect(tables).toBe('orders users')
  })

  inNode24('what nobody approved is not', async () => {
    const { run, tables } = await withApprovals([])
    expect(run.jobs).toMatchObject({
      plan: { result: 'success' },
      apply: { result: 'failure', outputs: { status: 'refused' } },
    })
    expect(run.jobs.apply?.summary).toContain('was not approved')
    expect(tables).toBe('')
  })

  async function withApprovals(approvals: readonly unknown[]) {
    await using database = await aDatabase()
    await using project = await aShop(['require_approval: true'])
    await using api = await aGitHubApi(aRepository({ approvals: { body: approvals } }))
    const { url, token } = api
    const run = await production(database, { project, token, env: { GITHUB_API_URL: url } })
    return { run, tables: await tablesOf(database) }
  }
})

/** A workflow that calls it, as one in another repository does. */
function callWith(given: Readonly<Record<string, unknown>>): string {
  const { jobs, ...rest } = parse(read('examples/workflows/db-prod.yml'))
  const migrate = {
    ...jobs.migrate,
    with: given,
    secrets: { PRODUCTION_DATABASE_URL: secret('PRODUCTION_DATABASE_URL') },
  }
  return JSON.stringify({ ...rest, jobs: { ...jobs, migrate } })
}

const secret = (name: string) => `$${`{{ secrets.${name} }}`}`
