import type { RunContext } from '../model/config.js'
import type { Inputs } from '../model/inputs.js'
import { variable } from './given.js'
import type { System } from './sources.js'

/** Who and what runs. A variable that is not in GitHub's form is left out: it would be recorded for good. */
export function makeRunContext(inputs: Inputs, system: System): RunContext {
  const runUrl = makeRunUrl(inputs)
  const attempt = inForm(inputs, 'GITHUB_RUN_ATTEMPT', /^[0-9]{1,9}$/)
  const commitSha = inForm(inputs, 'GITHUB_SHA', /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)
  return {
    actor: variable(inputs, 'GITHUB_ACTOR')?.value ?? system.osUser,
    ...(runUrl ? { runUrl } : {}),
    ...(attempt ? { runAttempt: Number(attempt) } : {}),
    ...(commitSha ? { commitSha } : {}),
    toolVersion: system.toolVersion,
  }
}

function makeRunUrl(inputs: Inputs): string | undefined {
  const server = inForm(inputs, 'GITHUB_SERVER_URL', /^https?:\/\/[A-Za-z0-9.:-]+$/)
  const repository = inForm(inputs, 'GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/)
  const run = inForm(inputs, 'GITHUB_RUN_ID', /^[0-9]+$/)
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined
}

function inForm(inputs: Inputs, name: string, form: RegExp): string | undefined {
  const value = variable(inputs, name)?.value
  return value !== undefined && form.test(value) ? value : undefined
}
