import type { ApprovalSource, PullRequestFacts, ReviewFacts } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { RestFailure } from '../model/rest-failure.js'
import type { AskedInJob } from './asked.js'
import { findPullRequest, refuseUnread } from './find-pull-request.js'
import { judgeReviews } from './judge-reviews.js'
import { newestReviews } from './newest-reviews.js'
import { isRefusal, refuse } from './refuse.js'
import { refuseFailure } from './refuse-failure.js'

/** That a member of the team approved the pull request at the very commit. */
export async function proveByReview(
  asked: AskedInJob,
  source: ApprovalSource,
): Promise<Permission | Refusal> {
  const team = teamOf(asked)
  if (team === undefined) return refuseTeamless(asked)
  const pullRequest = await findPullRequest(asked, source)
  if (isRefusal(pullRequest)) return pullRequest
  const [reviews, exists] = await Promise.all([
    source.reviews(pullRequest.number),
    source.team(team.organisation, team.slug),
  ])
  if (reviews.failure) return refuseUnread(reviews.failure, asked)
  if (exists.failure) return refuseTeam(exists.failure, team.name, asked)
  return judgeMembers(asked, source, team, pullRequest, newestReviews(reviews.value))
}

interface Team {
  readonly organisation: string
  readonly slug: string
  /** As people write it: `@acme/dba`. */
  readonly name: string
}

function teamOf({ policy, job }: AskedInJob): Team | undefined {
  const [, organisation = job.repository.split('/', 1)[0] ?? '', slug] =
    /^@?(?:([\w.-]+)\/)?([\w.-]+)$/.exec(policy.team ?? '') ?? []
  return slug === undefined ? undefined : { organisation, slug, name: `@${organisation}/${slug}` }
}

async function judgeMembers(
  asked: AskedInJob,
  source: ApprovalSource,
  { organisation, slug, name }: Team,
  pullRequest: PullRequestFacts,
  reviews: readonly ReviewFacts[],
): Promise<Permission | Refusal> {
  const members = new Set<string>()
  for (const { by } of reviews) {
    if (by === undefined || by.isBot) continue
    const { value, failure } = await source.isMember(organisation, slug, by.login)
    if (failure) return refuseTeam(failure, name, asked)
    if (value) members.add(by.login)
  }
  return judgeReviews({ ...asked, team: name }, pullRequest, reviews, members)
}

function refuseTeamless({ environment, policy }: AskedInJob): Refusal {
  const seen =
    policy.team === undefined ? 'no team is named' : `${JSON.stringify(policy.team.slice(0, 80))} is no team`
  return refuse(
    'no-team',
    `Environment ${environment} has approval: review, and ${seen}.`,
    'Name the team whose reviews count with approval-team in devflow.yml: organisation/team.',
  )
}

/** A job's own token belongs to the repository, and teams to the organisation. */
function refuseTeam(failure: RestFailure, team: string, { entry }: AskedInJob): Refusal {
  const token = `Pass a token that may read the organisation’s members as ${entry === 'action' ? 'the input github-token' : 'the variable GITHUB_TOKEN'}, for the job’s own never may: of a GitHub App with Members: read, or a classic one with read:org.`
  if (failure.kind === 'not-found')
    return refuse('team-missing', `The team ${team} does not exist, or the token may not see it.`, token)
  if (failure.kind === 'forbidden')
    return refuse('permission-missing', `The token may not see who is in the team ${team} (403).`, token)
  return refuseFailure(failure, { entry, needs: [], what: `who is in the team ${team}` })
}
