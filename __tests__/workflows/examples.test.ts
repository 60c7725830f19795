import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { inNode24 } from '../action/a-job.js'
import { read } from '../repository/tree.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository, aRun } from '../support/github-api/a-repository.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aShop, TABLES } from './a-shop.js'
import { runWorkflow } from './run-workflow.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

/** The shop is applied by devflow itself, which needs no CLI. */
const example = (name: string) =>
  read(`examples/workflows/${name}`).replaceAll(/npm install .*supabase@.*/g, 'true')
const approval = ['require_approval: true']
const byHand = { name: 'workflow_dispatch', payload: { inputs: { deploy_to_production: 'true' } } }

describe.each(['aosentry-build-and-deploy.yml', 'aocodex-build-and-deploy.yml'])('the example %s', (name) => {
  inNode24('migrates staging on a push, and leaves production alone', async () => {
    await using database = await aDatabase()
    await using project = await aShop(approval)
    const secrets = { STAGING_DATABASE_URL: database.url, PRODUCTION_DATABASE_URL: '' }
    const { jobs } = await runWorkflow(example(name), { bundle, project, secrets })
    expect(jobs).toMatchObject({
      'run-migrations-staging': { result: 'success' },
      'deploy-staging': { result: 'success' },
      'run-migrations-production': { result: 'skipped' },
    })
    expect(await database.query(TABLES)).toEqual([{ names: 'orders users' }])
  })

  inNode24('does not deploy where a file fails', async () => {
    await using database = await aDatabase()
    await using project = await aShop(approval)
    await project.write('migrations/03_broken.sql', 'SELECT 1 / 0;\n')
    const secrets = { STAGING_DATABASE_URL: database.url }
    const { jobs } = await runWorkflow(example(name), { bundle, project, secrets })
    expect(jobs).toMatchObject({
      'run-migrations-staging': { result: 'failure' },
      'deploy-staging': { result: 'skipped' },
    })
  })

  inNode24(
    'migrates production where a reviewer approved the run, by what it adds to the document',
    async () => {
      const { result, tables } = await migrateProduction(example(name), [anApproval()])
      expect({ result, tables }).toEqual({ result: 'success', tables: 'orders users' })
    },
  )

  inNode24('migrates nothing where nobody did', async () => {
    const { result, tables, log } = await migrateProduction(example(name), [])
    expect({ result, tables }).toEqual({ result: 'failure', tables: '' })
    expect(log).toContain('was not approved')
  })

  inNode24('tells what has to be added to the job of the document', async () => {
    const asInTheDocument = example(name).replace(/ +GITHUB_TOKEN:.*\n/, '')
    const { result, tables, log } = await migrateProduction(asInTheDocument, [anApproval()])
    expect({ result, tables }).toEqual({ result: 'failure', tables: '' })
    expect(log).toContain('GITHUB_TOKEN: $')
  })
})

/** The job of production alone: staging is not what is asked about. */
async function migrateProduction(text: string, approvals: readonly unknown[]) {
  await using database = await aDatabase()
  await using project = await aShop(approval)
  const run = aRun({ event: byHand.name })
  await using api = await aGitHubApi(aRepository({ run, approvals: { body: approvals } }))
  const alone = text.replace(/ +needs: \[deploy-staging\].*\n/, '')
  const { jobs } = await runWorkflow(alone, {
    bundle,
    project,
    event: byHand,
    inputs: { deploy_to_production: 'true' },
    secrets: { PRODUCTION_DATABASE_URL: database.url },
    token: api.token,
    env: { GITHUB_API_URL: api.url },
    only: ['run-migrations-production'],
  })
  const job = jobs['run-migrations-production']
  const [row] = await database.query<{ names: string }>(TABLES)
  return { result: job?.result, log: job?.log ?? '', tables: row?.names }
}

describe('the example migrations.yml', () => {
  const shop = {
    'devflow.yml': read('examples/shop/devflow.yml'),
    'migrations/2026-01-20_create_users_table.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
    'migrations/2026-01-21_create_user_profiles.sql':
      '-- @depends-on: 2026-01-20_create_users_table.sql\nCREATE TABLE user_profiles (id bigint PRIMARY KEY);\n',
  }
  const local = 'postgresql://postgres@localhost:5432/postgres'

  inNode24(
    "validates and tests a fork's pull request on a database of its own, and goes no further",
    async () => {
      await using database = await aDatabase()
      await using project = await aProject({
        ...shop,
        'devflow.yml': shop['devflow.yml'].replace('    local:', '    development:'),
      })
      const payload = {
        pull_request: { number: 7, head: { repo: { full_name: 'stranger/shop' } }, base: {} },
      }
      const { jobs } = await runWorkflow(example('migrations.yml').replaceAll(local, database.url), {
        bundle,
        project,
        event: { name: 'pull_request', payload },
      })
      expect(jobs).toMatchObject({
        validate: { result: 'success' },
        test: { result: 'success' },
        staging: { result: 'skipped' },
        production: { result: 'skipped' },
      })
      expect(await database.query(TABLES)).toEqual([{ names: 'user_profiles users' }])
    },
  )

  inNode24('goes to staging from develop', async () => {
    await using temporary = await aDatabase()
    await using database = await aDatabase()
    await using project = await aShop()
    const { jobs } = await runWorkflow(example('migrations.yml').replaceAll(local, temporary.url), {
      bundle,
      project,
      ref: { type: 'branch', name: 'develop' },
      secrets: { STAGING_DATABASE_URL: database.url },
    })
    expect(jobs).toMatchObject({
      staging: { result: 'success', outputs: { ready: 'true' } },
      'deploy-staging': { result: 'success' },
      production: { result: 'skipped' },
    })
    expect(await database.query(TABLES)).toEqual([{ names: 'orders users' }])
  })

  inNode24(
    'goes to production from main',
    async () => {
      await using temporary = await aDatabase()
      await using database = await aDatabase()
      await using project = await aShop()
      const { jobs } = await runWorkflow(example('migrations.yml').replaceAll(local, temporary.url), {
        bundle,
        project,
        environments: {
          production: { PRODUCTION_DATABASE_URL: database.url },
          'production-plan': { PRODUCTION_DATABASE_URL: database.url },
        },
      })
      expect(jobs).toMatchObject({
        staging: { result: 'skipped' },
        production: { result: 'success', outputs: { ready: 'true' } },
        'deploy-production': { result: 'success' },
      })
      expect(await database.query(TABLES)).toEqual([{ names: 'orders users' }])
    },
    120_000,
  )
})

describe("the examples for a custom runner's workflows", () => {
  inNode24('take a push of the branch staging to staging', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const { jobs } = await runWorkflow(example('db-staging.yml'), {
      bundle,
      project,
      ref: { type: 'branch', name: 'staging' },
      secrets: { STAGING_DATABASE_URL: database.url },
    })
    expect(jobs).toMatchObject({ migrate: { outputs: { ready: 'true' } }, deploy: { result: 'success' } })
  })

  inNode24('stop by hand without the word, and with it after a dry run', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const asked = {
      bundle,
      project,
      event: { name: 'workflow_dispatch' },
      secrets: { PROD_DATABASE_URL: database.url },
    }
    const refused = await runWorkflow(example('db-prod.yml'), { ...asked, inputs: { confirm: 'yes' } })
    expect(refused.jobs).toMatchObject({ migrate: { result: 'failure' }, deploy: { result: 'skipped' } })
    const inputs = { confirm: 'MIGRATE-PRODUCTION' }
    const { jobs } = await runWorkflow(example('db-prod.yml'), { ...asked, inputs })
    expect(jobs).toMatchObject({
      migrate: { result: 'success', outputs: { ready: 'false', status: 'rehearsed' } },
      deploy: { result: 'skipped' },
    })
    expect(await database.query(TABLES)).toEqual([{ names: '' }])
  })
})
