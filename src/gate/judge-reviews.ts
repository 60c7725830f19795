import type { PullRequestFacts, ReviewFacts } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { AskedInJob } from './asked.js'
import { refuse } from './refuse.js'

type AskedOfTeam = Omit<AskedInJob, 'team'> & { readonly team: string }

/**
 * Whether a member of the team approved the pull request as it was merged. A review of an earlier commit is none of this
 * one, and a member who asks for changes stands against the others.
 *
 * @param reviews the newest of each person, yes or no
 */
export function judgeReviews(
  asked: AskedOfTeam,
  pullRequest: PullRequestFacts,
  reviews: readonly ReviewFacts[],
  members: ReadonlySet<string>,
): Permission | Refusal {
  const ofTeam = reviews.filter(({ by }) => by !== undefined && members.has(by.login))
  const against = ofTeam.find(({ state }) => state === 'CHANGES_REQUESTED')
  if (against) return refuseAgainst(against, asked, pullRequest)
  const approving = ofTeam.filter(({ state }) => state === 'APPROVED')
  const onCommit = approving.filter(({ commitSha }) => commitSha === pullRequest.headSha)
  const isOwn = ({ by }: ReviewFacts) => ownLogins(asked, pullRequest).includes(by?.login.toLowerCase() ?? '')
  const review = onCommit.find((one) => !isOwn(one)) ?? onCommit[0]
  if (review === undefined) return refuseUnreviewed(asked, pullRequest, approving[0], reviews)
  if (isOwn(review) && asked.policy.selfApproval === 'refused') return refuseOwn(asked, pullRequest, review)
  return permit(asked, pullRequest, review, isOwn(review))
}

function ownLogins({ job }: AskedOfTeam, { author }: PullRequestFacts): string[] {
  return [...job.actors, author ?? ''].filter(Boolean).map((login) => login.toLowerCase())
}

function permit(
  { team }: AskedOfTeam,
  { number }: PullRequestFacts,
  { by, submittedAt, body, url, commitSha }: ReviewFacts,
  isOwn: boolean,
): Permission {
  const login = by?.login ?? ''
  return {
    approval: {
      kind: 'review',
      by: login,
      ...(submittedAt === undefined ? {} : { at: submittedAt }),
      ...(body === '' ? {} : { comment: body }),
      ...(url === undefined ? {} : { url }),
      as: `a review of pull request ${number} at commit ${commitSha} by a member of ${team}`,
    },
    notes: isOwn ? [`${login}, who approved it, started this run.`] : [],
  }
}

function refuseAgainst(
  { by, url }: ReviewFacts,
  { team }: AskedOfTeam,
  { number }: PullRequestFacts,
): Refusal {
  return refuse(
    'objected',
    `${by?.login} of ${team} asks for changes of pull request ${number}${url === undefined ? '' : ` (${url})`}.`,
    'Mend it, and let the same person review it again.',
  )
}

function refuseUnreviewed(
  { team }: AskedOfTeam,
  { number, headSha }: PullRequestFacts,
  earlier: ReviewFacts | undefined,
  reviews: readonly ReviewFacts[],
): Refusal {
  const help = `Let a member of ${team} approve pull request ${number} at commit ${headSha}.`
  const none = `No member of ${team} approved pull request ${number} at commit ${headSha}`
  if (earlier)
    return refuse(
      'reviewed-other-commit',
      `${none}: ${earlier.by?.login} approved ${earlier.commitSha ?? 'another commit'}.`,
      help,
    )
  const outsider = reviews.find(({ state, by }) => state === 'APPROVED' && by !== undefined)?.by
  if (outsider) return refuse('not-in-team', `${none}: ${outsider.login}, who did, is no member.`, help)
  return refuse('not-reviewed', `${none}.`, help)
}

function refuseOwn({ team }: AskedOfTeam, { number }: PullRequestFacts, { by }: ReviewFacts): Refusal {
  return refuse(
    'self-approved',
    `Pull request ${number} was approved by nobody but ${by?.login}, who started this run or wrote it.`,
    `Let another member of ${team} approve it.`,
  )
}
