import { chmod, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { inNode24 } from '../action/a-job.js'
import { read } from '../repository/tree.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository, aRun } from '../support/github-api/a-repository.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { runWorkflow } from './run-workflow.js'

const DEV = read('examples/workflows/onealarm-migrate-db.yml')
const PROD = read('examples/workflows/onealarm-migrate-prod.yml')
/** What stands in the head of the example as comments, with production rehearsed on itself: no second server is needed. */
const DEVFLOW_YML = DEV.slice(0, DEV.indexOf('# in devflow.yml'))
  .split('\n')
  .filter((line) => /^# {3}/.test(line))
  .map((line) => line.slice(4))
  .join('\n')
  .replace('require_approval: true', 'require_approval: true\n      rehearse: target')

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

/**
 * Functions and types are Supabase's own services, which a test can't reach: a stand-in writes down what it was asked, in
 * place of the CLI that the step would install.
 */
const STAND_IN = '#!/bin/sh\necho "$@" >> asked.txt\n'
const withoutInstalling = (text: string) => text.replaceAll(/npm install .*supabase@.*/g, 'true')

async function anAlarm(): Promise<Project> {
  const project = await aProject({
    'devflow.yml': DEVFLOW_YML,
    'supabase/migrations/20260101000000_alarms.sql': 'CREATE TABLE alarms (id bigint PRIMARY KEY);\n',
    'node_modules/.bin/supabase': STAND_IN,
  })
  await chmod(join(project.path, 'node_modules/.bin/supabase'), 0o755)
  return project
}

/** `/rest/v1/` of a Supabase project, as far as a health check goes. */
async function aRestApi(status = 200) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.apikey}`)
    response.writeHead(status).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

const asked = (project: Project) => readFile(join(project.path, 'asked.txt'), 'utf8').catch(() => '')

const BOTH = `SELECT (SELECT string_agg(version, ' ') FROM supabase_migrations.schema_migrations) AS theirs,
  (SELECT string_agg(version, ' ') FROM devflow.schema_migrations WHERE success) AS ours`

describe("OneAlarm's workflow for develop", () => {
  inNode24(
    'applies, asks the REST API, and deploys the functions',
    async () => {
      await using database = await aDatabase()
      await using project = await anAlarm()
      await using api = await aRestApi()
      const { jobs } = await runWorkflow(withTypes(DEV), {
        bundle,
        project,
        ref: { type: 'branch', name: 'develop' },
        secrets: {
          SUPABASE_DEV_DATABASE_URL: database.url,
          SUPABASE_DEV_URL: api.url,
          SUPABASE_DEV_ANON_KEY: 'anon-key',
          SUPABASE_DEV_PROJECT_REF: 'abcdefghijklmnopqrst',
          SUPABASE_ACCESS_TOKEN: 'sbp_token',
        },
      })
      expect(jobs['migrate-dev']?.steps.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
        'Checkout repository: success',
        'Validate the files: success',
        'Deploy to Dev: success',
        'Migration list: success',
        'Install the Supabase CLI: success',
        'Deploy the functions: success',
        'Check the generated types: success',
      ])
      expect(await database.query(BOTH)).toEqual([{ theirs: '20260101000000', ours: '20260101000000' }])
      expect(api.asked).toContain('/rest/v1/ anon-key')
      expect(await asked(project)).toBe(
        'link --project-ref abcdefghijklmnopqrst\nfunctions deploy\nfunctions list\ngen types --remote --lang typescript --schema public\n',
      )
      expect(jobs['migrate-dev']?.summary).toContain(
        '| `20260101000000_alarms.sql` | yes | completed | applied |',
      )
    },
    60_000,
  )

  inNode24('deploys no function where the REST API does not answer', async () => {
    await using database = await aDatabase()
    await using project = await anAlarm()
    await using api = await aRestApi(401)
    const { jobs } = await runWorkflow(withTypes(DEV), {
      bundle,
      project,
      ref: { type: 'branch', name: 'develop' },
      secrets: {
        SUPABASE_DEV_DATABASE_URL: database.url,
        SUPABASE_DEV_URL: api.url,
        SUPABASE_DEV_ANON_KEY: 'k',
      },
    })
    expect(jobs['migrate-dev']?.result).toBe('failure')
    expect(await asked(project)).toBe('')
  })
})

/** There is no repository in the test to compare the types with. */
function withTypes(text: string): string {
  return withoutInstalling(text).replace(
    'git diff --exit-code -- database.types.ts',
    'test -f database.types.ts',
  )
}

describe("OneAlarm's workflow for main", () => {
  const production = async (approvals: readonly unknown[]) => {
    await using database = await aDatabase()
    await using project = await anAlarm()
    await using rest = await aRestApi()
    await using api = await aGitHubApi(
      aRepository({ run: aRun({ event: 'push' }), approvals: { body: approvals } }),
    )
    const { jobs } = await runWorkflow(withoutInstalling(PROD), {
      bundle,
      project,
      secrets: {
        SUPABASE_PROD_DATABASE_URL: database.url,
        SUPABASE_PROD_URL: rest.url,
        SUPABASE_PROD_ANON_KEY: 'anon-key',
        SUPABASE_PROD_PROJECT_REF: 'abcdefghijklmnopqrst',
      },
      token: api.token,
      env: { GITHUB_API_URL: api.url },
    })
    return { result: jobs['migrate-prod']?.result, asked: await asked(project) }
  }

  inNode24('applies and deploys where a reviewer approved the run', async () => {
    expect(await production([anApproval()])).toEqual({
      result: 'success',
      asked: 'link --project-ref abcdefghijklmnopqrst\nfunctions deploy\nfunctions list\n',
    })
  })

  inNode24('does neither where nobody did', async () => {
    expect(await production([])).toEqual({ result: 'failure', asked: '' })
  })
})

describe("OneAlarm's workflows", () => {
  it.each([
    ['develop', DEV],
    ['main', PROD],
  ])('run for a push to %s that changes the migrations, and for nothing else', (branch, text) => {
    expect(parse(text).on).toEqual({ push: { branches: [branch], paths: ['supabase/migrations/**'] } })
  })
})
