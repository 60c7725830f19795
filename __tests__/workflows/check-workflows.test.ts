import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { list, read, root } from '../repository/tree.js'
import { type CheckWorkflow, openWorkflowCheck } from '../repository/workflow-rules.js'

const production = read('.github/workflows/production.yml')
const caller = read('examples/workflows/db-prod.yml')
const pasted = read('examples/workflows/aosentry-build-and-deploy.yml')
const tested = read('examples/workflows/migrations.yml')
let check: CheckWorkflow

beforeAll(async () => {
  check = await openWorkflowCheck()
})

const each = (text: string, from: string | RegExp, to: string) => text.replaceAll(from, to)
const applied = production.slice(production.indexOf('  apply:'))
const inApply = (from: string | RegExp, to: string) => production.replace(applied, applied.replace(from, to))

describe('the check of workflows finds', () => {
  it.each<[string, string, string]>([
    ['a tag in place of a commit', each(production, /@[0-9a-f]{40} # v8[\d.]+/g, '@v8'), 'not pinned'],
    ['our own at no version', each(production, 'devflow-migrate@v1', 'devflow-migrate@main'), 'not pinned'],
    [
      'a workflow of somebody else',
      each(caller, 'org/devflow-migrate/', 'evil/devflow-migrate/'),
      'not pinned',
    ],
    ['no permissions at the top', production.replace('permissions: {}\n', ''), 'permissions'],
    [
      'writing for every job',
      pasted.replace('contents: read', 'contents: write # for a release'),
      'contents: write is for a job, not for all of them',
    ],
    [
      'a permission without a reason',
      inApply(/actions: read #.*/, 'actions: read'),
      'job apply: nothing says what actions: read is for',
    ],
    [
      'every permission',
      inApply(/permissions:\n.*\n.*\n/, 'permissions: write-all\n'),
      '/jobs/apply/permissions',
    ],
    [
      'a token that is left behind',
      inApply('persist-credentials: false', 'fetch-depth: 1'),
      'the token is left',
    ],
    [
      'a cancellation half-way',
      inApply('cancel-in-progress: false', 'cancel-in-progress: true'),
      'job apply: a newer run may cancel it while it applies',
    ],
    [
      'a cancellation by an expression',
      inApply('cancel-in-progress: false', `cancel-in-progress: ${braces("github.ref_type == 'tag'")}`),
      'job apply: a newer run may cancel it',
    ],
    [
      'a group that keeps no runs apart',
      inApply(/group: .*/, `group: devflow-${braces('github.run_id')}`),
      'job apply: its group is another one for each run',
    ],
    [
      'a command line that nothing keeps apart',
      each(pasted, / +concurrency:\n.*\n.*\n/g, ''),
      'job run-migrations-staging: nothing keeps two runs apart',
    ],
    ['no time limit', inApply(/ +timeout-minutes.*\n/, ''), 'timeout-minutes'],
    [
      'an input in a script',
      inApply('run: bash -euo pipefail -c "$SMOKE_TEST"', `run: ${braces('inputs.smoke-test')}`),
      'step Smoke test: an expression in a script is code',
    ],
    [
      'a trigger that gives a stranger the secrets',
      tested.replace('pull_request:', 'pull_request_target:'),
      'the trigger pull_request_target is not for migrations',
    ],
    [
      'a trigger by another run',
      tested.replace(/pull_request:\n.*\n/, 'workflow_run:\n    workflows: [CI]\n'),
      'the trigger workflow_run is not for migrations',
    ],
    [
      'secrets that are passed on unnamed',
      caller.replace(/ {4}secrets:\n.*\n/, '    secrets: inherit\n'),
      'job migrate: secrets: inherit passes on every secret',
    ],
    [
      'production without a gate',
      inApply(/ +environment: .*\n(?= +concurrency)/, ''),
      'job apply: applies to production without a GitHub environment',
    ],
    [
      'production by command line without a gate',
      pasted.replace(/ +environment: production.*\n/, ''),
      'job run-migrations-production: applies to production without a GitHub environment',
    ],
    [
      'an input that the action does not have',
      each(production, 'expected-plan-hash:', 'expected-hash:'),
      'step Migrate: the action has no input expected-hash',
    ],
    [
      'an output that the action does not have',
      each(production, 'steps.migrate.outputs.applied-count', 'steps.migrate.outputs.applied_count'),
      'job apply: the action has no output applied_count',
    ],
    [
      'an input that no trigger has',
      each(production, 'inputs.smoke-test', 'inputs.smoketest'),
      'property "smoketest" is not defined',
    ],
    [
      'an output of a job that has none such',
      each(production, 'needs.plan.outputs.plan-hash', 'needs.plan.outputs.hash'),
      'property "hash" is not defined',
    ],
    [
      'a call with an input that the called workflow does not have',
      caller.replace('smoke-test:', 'smoke_test:'),
      'job migrate: the called workflow has no input smoke_test',
    ],
    [
      'a call with a secret that the called workflow does not have',
      caller.replace('PRODUCTION_DATABASE_URL:', 'PROD_DATABASE_URL:'),
      'job migrate: the called workflow has no secret PROD_DATABASE_URL',
    ],
    [
      'a call that grants too little, which GitHub would not start',
      caller.replace(/ +contents: write #.*\n/, ''),
      'job migrate: a called job needs contents: write',
    ],
    [
      'a call of a workflow that is not there',
      caller.replace('production.yml@v1', 'prod.yml@v1'),
      'is no reusable workflow of ours',
    ],
    ['a queue of its own kind', inApply('queue: max', 'queue: some'), '/jobs/apply/concurrency/queue'],
  ])('%s', (_name, text, expected) => {
    expect([production, caller, pasted, tested]).not.toContain(text)
    expect(check(text, 'w.yml').join('\n')).toContain(expected)
  })

  it('nothing wrong with what is there', () => {
    const paths = [...list('.github/workflows'), ...list('examples/workflows')]
    expect(paths.flatMap((path) => check(read(path), path))).toEqual([])
  })

  it('no race where the database is thrown away with the job', () => {
    const text = tested.replace(/ +concurrency:\n +group: migrations-test.*\n.*\n/, `${throwaway}\n`)
    expect(text).not.toBe(tested)
    expect(check(text, 'w.yml')).toEqual([])
  })
})

const throwaway = `    concurrency:
      group: migrations-test-${braces('github.run_id')}
      cancel-in-progress: true`

describe('node scripts/check-workflows.mjs', () => {
  it('passes for the repository, and fails for a file with a mistake', async () => {
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining(', 0 problems\n') })
    const folder = await mkdtemp(join(tmpdir(), 'workflows-'))
    try {
      const path = join(folder, 'w.yml')
      await writeFile(path, production.replace('permissions: {}\n', ''))
      const { status, stdout } = run(path)
      expect(status).toBe(1)
      expect(stdout).toContain("must have required property 'permissions'")
      expect(stdout).toContain('1 workflows, 1 problems\n')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  function run(...paths: readonly string[]) {
    return spawnSync(process.execPath, [join(root, 'scripts/check-workflows.mjs'), ...paths], {
      encoding: 'utf8',
    })
  }
})

/** As an expression stands in a workflow. */
function braces(inner: string): string {
  return `$${`{{ ${inner} }}`}`
}
