import type { GitHubApi } from '../support/github-api/a-github-api.js'
import { PLAN } from '../support/github-api/a-repository.js'
import type { Situation } from '../support/github-api/situations.js'
import { PATIENT, type Settings, type StepOptions } from './a-gated-job.js'

/** What `devflow.yml` says of the environment in a situation. */
export function settingsOf({ kind, policy = {} }: Situation): Settings {
  const { githubEnvironment = 'production', selfApproval, rerun } = policy
  const team = 'team' in policy ? policy.team : kind === 'review' ? 'dba' : undefined
  return {
    require_approval: true,
    approval: kind,
    'github-environment': githubEnvironment,
    'self-approval': selfApproval,
    'approval-rerun': rerun,
    'approval-team': team,
  }
}

/**
 * What the step is given in it.
 *
 * @param planHash the plan that is to be applied, where the situation names one
 */
export function optionsOf(
  { kind, asked = {}, variables, payload, token, timeoutMs }: Situation,
  api: GitHubApi,
  planHash: string,
): StepOptions {
  const { entry = 'action', confirmation } = asked
  const named = 'planHash' in asked ? asked.planHash !== undefined : kind === 'comment'
  const given = { none: undefined, wrong: 'ghs_expired00000000' }
  const githubToken = token === undefined ? api.token : given[token]
  return {
    entry,
    payload,
    ...(timeoutMs === undefined ? {} : { system: { github: { ...PATIENT, timeoutMs } } }),
    given: {
      'expected-plan-hash': named ? planHash : undefined,
      confirm: confirmation?.typed,
      'github-token': githubToken,
    },
    variables: {
      GITHUB_API_URL: api.url,
      CONFIRM_PRODUCTION_MIGRATION: confirmation?.byVariable ? 'true' : undefined,
      ...variables,
    },
  }
}

export const attemptOf = ({ variables }: Situation) => Number(variables?.GITHUB_RUN_ATTEMPT ?? 1)

/** The same data with this hash wherever `PLAN` stands. */
export function replacing(value: unknown, hash: string): unknown {
  if (typeof value === 'string') return value.replaceAll(PLAN, hash)
  if (Array.isArray(value)) return value.map((one) => replacing(one, hash))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replacing(one, hash)]))
}

/** A team that is not named at all is a mistake of the file, which is told before anybody is asked. */
const isUnnamedTeam = ({ becomes }: Situation) =>
  'reason' in becomes && becomes.words[0] === 'no team is named'

export function verdictOf(situation: Situation) {
  return isUnnamedTeam(situation) ? { status: 'failed', exitCode: 2 } : { status: 'refused', exitCode: 1 }
}

export function wordsOf(situation: Situation): readonly string[] {
  const { becomes } = situation
  if (!('words' in becomes)) return []
  return isUnnamedTeam(situation) ? ['approval-team names no team'] : becomes.words
}
