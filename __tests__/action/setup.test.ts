import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { TOOL_VERSION } from '../../src/model/tool-version.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { parseReport } from '../support/report-file.js'
import { type JobResult, runAction } from '../support/runner/run-action.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
let temp = ''
beforeAll(async () => {
  bundle = await aBundle()
  temp = await mkdtemp(join(tmpdir(), "runner's temp "))
})
afterAll(async () => {
  await bundle[Symbol.asyncDispose]()
  await rm(temp, { recursive: true, force: true })
})

/** A `run:` step after the action's: the shell finds `devflow` on PATH, and there is no other Node in reach. */
function runLater(
  project: Project,
  path: readonly string[],
  command: string,
  env: Record<string, string> = {},
): Promise<JobResult> {
  return runAction({
    node: '/bin/sh',
    script: '-e',
    args: ['-c', command],
    workspace: project.path,
    env: { ...env, PATH: [...path, '/usr/bin', '/bin'].join(delimiter) },
  })
}

describe('command: setup', () => {
  inNode24('puts devflow on PATH for the steps that follow', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const setup = await runStep({ bundle, project, inputs: { command: 'setup' }, env: { RUNNER_TEMP: temp } })
    expect(setup).toMatchObject({ exitCode: 0, conclusion: 'success', annotations: [] })
    expect(setup.path).toHaveLength(1)

    const version = await runLater(project, setup.path, 'devflow --version')
    expect(version.stdout).toBe(`${TOOL_VERSION}\n`)

    const env = { DATABASE_URL: database.url }
    const status = await runLater(project, setup.path, 'devflow db status --env staging --json', env)
    expect(status.exitCode).toBe(0)
    expect(parseReport(status.stdout)).toMatchObject({ status: 'pending', counts: { pending: 1 } })

    const words = 'devflow db migrate --env staging --ci --json --log-file "logs/a b.log"'
    const migrated = await runLater(project, setup.path, words, env)
    expect(parseReport(migrated.stdout)).toMatchObject({ status: 'applied', ready: true })
    expect(await project.list('logs')).toEqual(['a b.log'])
  })

  inNode24('needs neither an environment nor a configuration that stands', async () => {
    await using project = await aProject({ 'devflow.yml': '[' })
    const setup = await runStep({ bundle, project, inputs: { command: 'setup' } })
    expect(setup).toMatchObject({ exitCode: 0, outputs: { status: 'valid', ready: 'false' } })
    expect(setup.summary).toMatch(/^## ✅ devflow is on PATH for the steps that follow\n/)
  })
})
