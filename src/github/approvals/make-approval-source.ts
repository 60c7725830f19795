import type { ApprovalSource, GitHubJob, Right } from '../../model/approval-facts.js'
import type { Reply } from '../../model/rest-failure.js'
import type { Rest } from '../rest.js'
import { textOf } from './json-shape.js'
import { parseComment } from './parse-comment.js'
import { parseEnvironment } from './parse-environment.js'
import { parseEnvironmentReview } from './parse-environment-review.js'
import { parsePullRequest } from './parse-pull-request.js'
import { parseReview } from './parse-review.js'
import { parseRun } from './parse-run.js'

/** The facts about an approval from GitHub's API. An answer in another form than documented is a failure, never a fact. */
export function makeApprovalSource(
  rest: Rest,
  { repository, runId, attempt }: Pick<GitHubJob, 'repository' | 'runId' | 'attempt'>,
): ApprovalSource {
  const repo = `/repos/${repository.split('/').map(encode).join('/')}`
  const runPath = `${repo}/actions/runs/${runId}`
  const one = async <T>(path: string, parse: (value: unknown) => T | undefined) =>
    read(path, await rest.get(path), parse)
  const all = async <T>(path: string, parse: (value: unknown) => T | undefined) =>
    read(path, await rest.getAll(path), (values) => parseAll(values, parse))
  const teamPath = (organisation: string, team: string) =>
    `/orgs/${encode(organisation)}/teams/${encode(team)}`
  return {
    environment: (name) => one(`${repo}/environments/${encode(name)}`, parseEnvironment),
    environmentReviews: () => all(`${runPath}/approvals`, parseEnvironmentReview),
    run: async () => {
      const parse = (value: unknown) => parseRun(value, runId)
      const reply = await one(`${runPath}/attempts/${attempt}`, parse)
      // Servers before the one that knows attempts know the run.
      return reply.failure?.kind === 'not-found' ? one(runPath, parse) : reply
    },
    pullRequest: (number) => one(`${repo}/pulls/${number}`, parsePullRequest),
    pullRequestsOf: (sha) => all(`${repo}/commits/${sha}/pulls?per_page=100`, parsePullRequest),
    comments: (number) => all(`${repo}/issues/${number}/comments?per_page=100`, parseComment),
    reviews: (number) => all(`${repo}/pulls/${number}/reviews?per_page=100`, parseReview),
    rightOf: async (login) => {
      const reply = await one(`${repo}/collaborators/${encode(login)}/permission`, parseRight)
      return absentAs('none', reply)
    },
    team: (organisation, team) =>
      one(teamPath(organisation, team), (value) => (textOf(value, 'slug') === undefined ? undefined : true)),
    isMember: async (organisation, team, login) => {
      const path = `${teamPath(organisation, team)}/memberships/${encode(login)}`
      return absentAs(false, await one(path, parseMembership))
    },
  }
}

/** A lone half of a character has no encoding, and no name on GitHub holds one. */
function encode(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))
}

function read<T, V>(path: string, reply: Reply<V>, parse: (value: V) => T | undefined): Reply<T> {
  if (reply.failure) return reply
  const value = parse(reply.value as V)
  if (value !== undefined) return { value }
  const detail = 'it is not what GitHub documents'
  return { failure: { asked: `GET ${path.split('?', 1)[0]}`, kind: 'unreadable', detail } }
}

/** All of them or none: the one that can not be read may be the one that says no. */
function parseAll<T>(values: readonly unknown[], parse: (value: unknown) => T | undefined): T[] | undefined {
  const parsed = values.flatMap((value) => parse(value) ?? [])
  return parsed.length === values.length ? parsed : undefined
}

/** `permission` knows four words: `maintain` is `write` there, and `triage` is `read`. */
function parseRight(value: unknown): Right | undefined {
  const right = textOf(value, 'permission')
  return right === 'admin' || right === 'write' || right === 'read' || right === 'none' ? right : undefined
}

/** An invitation that was not taken up is `pending`. */
function parseMembership(value: unknown): boolean | undefined {
  const state = textOf(value, 'state')
  return state === undefined ? undefined : state === 'active'
}

function absentAs<T>(value: T, reply: Reply<T>): Reply<T> {
  return reply.failure?.kind === 'not-found' ? { value } : reply
}
