import type { GitHubJob } from '../model/approval-facts.js'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The job that this process is a step of; undefined outside one. The variables are the runner's, which no step of a
 * workflow can set; what is not in GitHub's form is left out.
 *
 * @param payload the event, parsed from the file of GITHUB_EVENT_PATH
 */
export function makeJob(variables: Variables, payload: unknown): GitHubJob | undefined {
  const repository = inForm(variables.GITHUB_REPOSITORY, /^[\w.-]+\/[\w.-]+$/)
  const runId = inForm(variables.GITHUB_RUN_ID, /^[1-9]\d{0,18}$/)
  const attempt = inForm(variables.GITHUB_RUN_ATTEMPT, /^[1-9]\d{0,8}$/)
  if (variables.GITHUB_ACTIONS !== 'true' || !repository || !runId || !attempt) return undefined
  const server = variables.GITHUB_SERVER_URL || 'https://github.com'
  const sha = inForm(variables.GITHUB_SHA, SHA)
  const pullRequest = pullRequestIn(payload)
  return {
    repository,
    runId,
    attempt: Number(attempt),
    runUrl: `${server}/${repository}/actions/runs/${runId}`,
    actors: [variables.GITHUB_ACTOR, variables.GITHUB_TRIGGERING_ACTOR].flatMap((login) => login || []),
    event: variables.GITHUB_EVENT_NAME ?? '',
    ...(sha === undefined ? {} : { sha }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    offersReviewers: offersReviewers(server, payload),
  }
}

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

function inForm(value: string | undefined, form: RegExp): string | undefined {
  return value !== undefined && form.test(value) ? value : undefined
}

interface Event {
  readonly pull_request?: {
    readonly number?: unknown
    readonly head?: { readonly sha?: unknown } | null
  } | null
  readonly repository?: { readonly visibility?: unknown; readonly private?: unknown } | null
  readonly enterprise?: unknown
}

function pullRequestIn(payload: unknown): GitHubJob['pullRequest'] {
  const { number, head } = (payload as Event | null | undefined)?.pull_request ?? {}
  if (!Number.isSafeInteger(number) || typeof head?.sha !== 'string' || !SHA.test(head.sha)) return undefined
  return { number: number as number, headSha: head.sha }
}

/** Public repositories have required reviewers on every plan, others with GitHub Enterprise: hosted or an own server. */
function offersReviewers(server: string, payload: unknown): boolean {
  const { repository, enterprise } = (payload as Event | null | undefined) ?? {}
  const isOwnServer = URL.canParse(server) && new URL(server).hostname !== 'github.com'
  const isOpen =
    repository?.private === false || ['public', 'internal'].includes(String(repository?.visibility))
  return isOwnServer || isOpen || (typeof enterprise === 'object' && enterprise !== null)
}
