import { makeJob } from '../../gate/make-job.js'
import { makeRest, type Rest, type RestOptions } from '../../github/rest.js'
import type { GitHubJob } from '../../model/approval-facts.js'
import type { Config } from '../../model/config.js'

/** The job of the workflow that this run is a step of. */
export function jobOf({ variableOf, gate }: Pick<Config, 'variableOf' | 'gate'>): GitHubJob | undefined {
  const names = [
    'GITHUB_ACTIONS',
    'GITHUB_REPOSITORY',
    'GITHUB_RUN_ID',
    'GITHUB_RUN_ATTEMPT',
    'GITHUB_SERVER_URL',
    'GITHUB_SHA',
    'GITHUB_ACTOR',
    'GITHUB_TRIGGERING_ACTOR',
    'GITHUB_EVENT_NAME',
  ]
  return makeJob(Object.fromEntries(names.map((name) => [name, variableOf(name)])), gate.event)
}

/** GitHub's REST, where there is a token. */
export function restOf(
  { variableOf, gate }: Pick<Config, 'variableOf' | 'gate'>,
  limits: Pick<RestOptions, 'signal' | 'timeoutMs' | 'pauseMs' | 'patienceMs'>,
): Rest | undefined {
  if (gate.githubToken === undefined) return undefined
  return makeRest({
    apiUrl: variableOf('GITHUB_API_URL') ?? 'https://api.github.com',
    token: gate.githubToken,
    variables: proxyVariables(variableOf),
    ...limits,
  })
}

function proxyVariables(variableOf: Config['variableOf']): Record<string, string | undefined> {
  const names = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']
  return Object.fromEntries(names.map((name) => [name, variableOf(name)]))
}
