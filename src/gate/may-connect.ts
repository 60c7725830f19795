import type { Problem } from '../model/problem.js'

export interface ConnectingEvent {
  /** GITHUB_ACTIONS=true */
  readonly isInJob: boolean
  /** GITHUB_EVENT_NAME */
  readonly name: string | undefined
  /** Parsed from the file of GITHUB_EVENT_PATH; undefined where that can not be read. */
  readonly payload: unknown
  /** GITHUB_REPOSITORY: `owner/name`. */
  readonly repository: string | undefined
  /**
   * Who declares that the database is thrown away with the job. Where a stranger's code may lie in the checkout of a job
   * that has secrets, the configuration file may be the stranger's too, and only the workflow is believed.
   */
  readonly ephemeral: 'workflow' | 'file' | 'no'
}

/** Whose commit is the repository's own, whoever started it. */
const OWN: readonly string[] = [
  'create',
  'deployment',
  'deployment_status',
  'merge_group',
  'push',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
]

/** Whose commit may be a fork's: the payload tells. */
const PULL_REQUEST: readonly string[] = ['pull_request', 'pull_request_review', 'pull_request_review_comment']

/**
 * Whether this job may open a connection at all, by the event that started it. An empty list is the permission. What could
 * be a stranger's code, and what is not known, may not.
 */
export function mayConnect(event: ConnectingEvent): Problem[] {
  if (!event.isInJob) return []
  const trouble = findTrouble(event)
  if (trouble === undefined) return []
  const { why, hasSecrets } = trouble
  if (event.ephemeral === 'workflow' || (event.ephemeral === 'file' && !hasSecrets)) return []
  const believed = hasSecrets
    ? 'in the workflow, for the configuration file of this checkout may be the stranger’s'
    : 'in the workflow or in devflow.yml'
  return [
    {
      message: `${why}, so nothing is connected to.`,
      help: `Run validate there, which needs no database. Where the database is thrown away with the job, declare it ephemeral ${believed}.`,
    },
  ]
}

interface Trouble {
  readonly why: string
  /** The job has the repository's secrets, whoever's code it checks out. */
  readonly hasSecrets: boolean
}

function findTrouble(event: ConnectingEvent): Trouble | undefined {
  const { name = '' } = event
  if (OWN.includes(name)) return undefined
  if (PULL_REQUEST.includes(name)) {
    const why = foreignHead(event, ['pull_request', 'head', 'repo', 'full_name'], 'The pull request')
    return why === undefined ? undefined : { why, hasSecrets: false }
  }
  if (name === 'workflow_run') return ofWorkflowRun(event)
  if (name === 'pull_request_target') return { why: WITH_SECRETS, hasSecrets: true }
  if (name === 'issue_comment') return { why: BY_COMMENT, hasSecrets: true }
  const seen =
    name === '' ? 'No event is named' : `The event ${JSON.stringify(name.slice(0, 80))} is not known`
  return { why: `${seen} as one that brings the repository’s own code`, hasSecrets: true }
}

const WITH_SECRETS =
  'The event pull_request_target gives the code of any pull request the secrets of the repository'
const BY_COMMENT =
  'The event issue_comment can be started by anybody, and does not tell whose code is checked out'

function ofWorkflowRun(event: ConnectingEvent): Trouble | undefined {
  if (read(event.payload, ['workflow_run', 'event']) === 'pull_request_target')
    return { why: WITH_SECRETS, hasSecrets: true }
  const path = ['workflow_run', 'head_repository', 'full_name']
  const why = foreignHead(event, path, 'The run that started this one')
  return why === undefined ? undefined : { why, hasSecrets: true }
}

/** A head that is not told is taken for a stranger's: GitHub tells none of a fork that was deleted. */
function foreignHead(
  { payload, repository }: ConnectingEvent,
  path: readonly string[],
  what: string,
): string | undefined {
  const head = read(payload, path)
  if (typeof head !== 'string') return `${what} does not tell which repository its code is from`
  if (repository === undefined) return 'The variable GITHUB_REPOSITORY is not set'
  if (head.toLowerCase() === repository.toLowerCase()) return undefined
  return `${what} brings code from ${head.slice(0, 140)}, a fork of ${repository}`
}

function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  )
}
