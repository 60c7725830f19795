import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { OUTPUTS } from '../../src/render/outputs.js'
import { devflowYml, type Settings, type StepOptions } from '../gate/a-gated-job.js'
import { aTrap, type Trap } from '../gate/a-trap.js'
import { attemptOf, optionsOf, replacing, settingsOf, wordsOf } from '../gate/of-situation.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { aRepository, PLAN } from '../support/github-api/a-repository.js'
import { SITUATIONS, type Situation } from '../support/github-api/situations.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { parseReport } from '../support/report-file.js'
import { runAction } from '../support/runner/run-action.js'
import { type ActionResult, inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

/** One of each kind of answer; all of them go through the program in `gate/situations.test.ts`. */
const REPRESENTATIVE: readonly (readonly [kind: Situation['kind'], name: string])[] = [
  ['github-environment', 'a required reviewer approved the run'],
  ['github-environment', 'the approval is on the second page'],
  ['github-environment', 'GitHub fails twice and then answers'],
  ['github-environment', 'nobody approved it'],
  ['github-environment', 'it was rejected'],
  ['github-environment', 'an app approved it'],
  ['github-environment', 'who started it approved it, and the configuration minds'],
  ['github-environment', 'the environment has no required reviewers'],
  ['github-environment', 'the repository is private, on a plan without required reviewers'],
  ['github-environment', 'the environment does not exist'],
  ['github-environment', 'there is no token, in the action'],
  ['github-environment', 'the token has expired'],
  ['github-environment', 'the token lacks actions: read'],
  ['github-environment', 'GitHub is asked too often, for longer than is waited'],
  ['github-environment', 'GitHub fails each time'],
  ['github-environment', 'GitHub answers a page of somebody else'],
  ['github-environment', 'it is a later attempt'],
  ['github-environment', 'the run is of another commit'],
  ['comment', 'somebody who may write put the hash into a comment'],
  ['comment', 'the comment was edited'],
  ['comment', 'a tool wrote it'],
  ['review', 'a member of the team approved the commit'],
  ['review', 'somebody outside the team approved it'],
  ['confirmation', 'the variable confirms it'],
  ['confirmation', 'nothing confirms it'],
]

function situation(kind: Situation['kind'], name: string): Situation {
  const found = SITUATIONS.find((one) => one.kind === kind && one.name === name)
  if (found === undefined) throw new Error(`there is no situation in which by ${kind} ${name}`)
  return found
}

const aShop = (settings: Settings): Promise<Project> =>
  aProject({ 'devflow.yml': devflowYml(settings), 'migrations/01_a.sql': 'create table a (n int);' })

/** `migrate`, as it stands in a workflow: `uses:` with these inputs. */
async function step(
  project: Project,
  url: string,
  command: string,
  { given = {}, variables = {}, payload }: StepOptions,
): Promise<ActionResult> {
  const { GITHUB_EVENT_NAME: name = 'push', ...env } = variables
  const inputs = { command, environment: 'live', ...given }
  const asText = Object.entries(inputs).filter((one): one is [string, string] => one[1] !== undefined)
  return runStep({
    bundle,
    project,
    inputs: Object.fromEntries(asText),
    env: { LIVE_DATABASE_URL: url, ...env },
    event: { name, payload: payload ?? {} },
  })
}

/** What GitHub keeps of a step, the lines aside by which it is told what to hide. */
function seen({ raw, outputs, summary, reportText, annotations }: ActionResult): string {
  const printed = raw.filter((line) => !line.startsWith('::add-mask::'))
  return JSON.stringify([printed, outputs, summary, reportText, annotations])
}

function expectNoSecret(result: ActionResult, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(seen(result)).not.toContain(secret)
    expect(result.masks).toContain(secret)
  }
  expect(result.droppedOutputs).toEqual({})
}

const wholeOutputs = Object.keys(OUTPUTS).sort()

const refusals = REPRESENTATIVE.map((one) => situation(...one)).filter(({ becomes }) => 'reason' in becomes)
const permissions = REPRESENTATIVE.map((one) => situation(...one)).filter(({ becomes }) => 'by' in becomes)

describe('the action, where an approval is required and not proven', () => {
  for (const one of refusals)
    inNode24(`by ${one.kind}, because ${one.name}, fails the step and applies nothing`, async () => {
      await using trap = await aTrap()
      await using api = await aGitHubApi(aRepository(one.repository, attemptOf(one)))
      await using project = await aShop(settingsOf(one))
      const options = optionsOf(one, api, PLAN)
      const result = await step(project, trap.url, 'migrate', options)
      expect(trap.connections()).toBeLessThanOrEqual(1)
      expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' })
      expect(Object.keys(result.outputs).sort()).toEqual(wholeOutputs)
      expect(result.outputs).toMatchObject({ ready: 'false', status: 'refused', 'applied-count': '0' })
      const { problems } = result.report
      const told = problems.map(({ message, help, lines = '' }) => `${message}\n${help}\n${lines}`).join('\n')
      for (const words of wordsOf(one)) expect(told).toContain(words)
      expect(result.log.join('\n')).toContain('Refused')
      expect(result.summary).toContain('Nothing was applied')
      const { 'github-token': token } = options.given ?? {}
      expectNoSecret(result, [trap.password, ...(token === undefined ? [] : [token])])
    })
})

describe('the action, where an approval is required and proven', () => {
  for (const one of permissions)
    inNode24(`by ${one.kind}, because ${one.name}, applies and tells who gave it`, async () => {
      await using database = await aDatabase()
      await using project = await aShop(settingsOf(one))
      const planned = await step(project, database.url, 'plan', {})
      expect(planned).toMatchObject({ exitCode: 0, conclusion: 'success' })
      const hash = planned.outputs['plan-hash'] ?? ''
      const routes = aRepository(replacing(one.repository, hash) as typeof one.repository, attemptOf(one))
      await using api = await aGitHubApi(replacing(routes, hash) as typeof routes)
      const options = optionsOf(one, api, hash)
      const result = await step(project, database.url, 'migrate', options)
      expect(result.report.problems).toEqual([])
      expect(result).toMatchObject({ exitCode: 0, conclusion: 'success', stderr: '' })
      expect(result.outputs).toMatchObject({ ready: 'true', status: 'applied', 'plan-hash': hash })
      expect(Object.keys(result.outputs).sort()).toEqual(wholeOutputs)
      const by = 'by' in one.becomes ? one.becomes.by : ''
      expect(result.report.approval).toMatchObject({ kind: one.kind, by })
      expect(result.summary).toContain(by)
      expectNoSecret(result, [new URL(database.url).password, api.token])
    })
})

describe('the command line in a job, where an approval is required', () => {
  const command = ['db', 'migrate', '--env', 'live', '--ci', '--json']

  inNode24('asks for it with the variable GITHUB_TOKEN, which nobody sees', async () => {
    await using database = await aDatabase()
    await using api = await aGitHubApi(aRepository())
    await using project = await aShop({ require_approval: true, 'github-environment': 'production' })
    const result = await runAction({
      script: bundle.cli,
      args: command,
      workspace: project.path,
      env: { LIVE_DATABASE_URL: database.url, GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token },
    })
    expect(parseReport(result.stdout)).toMatchObject({ status: 'applied', approval: { by: 'alice' } })
    expect(JSON.stringify([result.raw, result.summary])).not.toContain(api.token)
  })

  inNode24('says which lines to add where it has no token', async () => {
    await using trap = await aTrap()
    await using project = await aShop({ require_approval: true })
    const env = { LIVE_DATABASE_URL: trap.url }
    const result = await runAction({ script: bundle.cli, args: command, workspace: project.path, env })
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure' })
    expect(parseReport(result.stdout).problems[0]?.lines).toBe(
      `permissions:\n  contents: read\n  actions: read\nenv:\n  GITHUB_TOKEN: \${{ github.token }}`,
    )
    expect(result.summary).toContain('actions: read')
    expect(trap.connections()).toBeLessThanOrEqual(1)
  })
})

describe('the action, started by an event that may bring the code of a stranger', () => {
  const fork = { pull_request: { number: 7, head: { repo: { full_name: 'mallory/shop' } } } }
  for (const name of ['pull_request_target', 'pull_request', 'watch'])
    inNode24(`such as ${name}, connects to nothing, whatever it is asked`, async () => {
      await using trap = await aTrap()
      await using project = await aShop({ class: 'staging' })
      for (const command of ['migrate', 'dry-run', 'status']) {
        const result = await step(project, trap.url, command, {
          variables: { GITHUB_EVENT_NAME: name },
          payload: fork,
        })
        expectRefusedUnseen(result, trap)
      }
      expect(trap.connections()).toBe(0)
    })
})

function expectRefusedUnseen(result: ActionResult, trap: Trap): void {
  expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: '' })
  expect(result.outputs).toMatchObject({ ready: 'false', status: 'refused', pending: '[]' })
  expect(Object.keys(result.outputs).sort()).toEqual(wholeOutputs)
  expect(result.report.problems[0]?.message).toContain('so nothing is connected to')
  expectNoSecret(result, [trap.password])
}
