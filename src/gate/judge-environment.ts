import type { EnvironmentFacts, EnvironmentReview, RunFacts } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { AskedInJob } from './asked.js'
import { holdsHash } from './holds-hash.js'
import { refuse } from './refuse.js'

interface Approved {
  readonly by: string
  readonly comment: string
}

/** Whether this run was approved for the environment, by what the environment is now and what was said in reviews of the run. */
export function judgeEnvironment(
  asked: AskedInJob,
  environment: EnvironmentFacts,
  reviews: readonly EnvironmentReview[],
  run: RunFacts,
): Permission | Refusal {
  const { reviewers } = environment
  if (reviewers === undefined) return refuseUnprotected(asked, environment, run)
  const ours = reviews.filter((review) => isFor(review, asked.policy.githubEnvironment, environment.id))
  const rejected = ours.find(({ state }) => state === 'rejected')
  if (rejected) return refuseRejected(asked, rejected)
  const approvals = ours.filter(({ state }) => state === 'approved')
  if (approvals.length === 0) return refuseUnapproved(asked, reviewers.names)
  const people = approvals.flatMap(({ by, comment }) => (by && !by.isBot ? [{ by: by.login, comment }] : []))
  if (people.length === 0) return refuseBot(asked, approvals[0]?.by?.login)
  const isOthers = asked.policy.selfApproval === 'refused' || reviewers.preventsSelfReview
  const own = lower([...asked.job.actors, ...run.actors])
  const others = people.filter(({ by }) => !own.includes(by.toLowerCase()))
  const counting = isOthers ? others : [...others, ...people]
  if (counting.length === 0) return refuseOwn(asked, people[0]?.by ?? '')
  return ofAttempt(asked, counting, others.length === 0)
}

/** GitHub takes names without regard to case. One that was deleted and made again is another one. */
function isFor(review: EnvironmentReview, name: string, id: number | undefined): boolean {
  return review.environments.some(
    (one) =>
      one.name.toLowerCase() === name.toLowerCase() &&
      (one.id === undefined || id === undefined || one.id === id),
  )
}

function lower(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase())
}

/** The API does not tell of which attempt an approval is, so a later one needs another tie. */
function ofAttempt(asked: AskedInJob, approvals: readonly Approved[], isOwn: boolean): Permission | Refusal {
  const { job, policy, planHash } = asked
  const naming = approvals.find(({ comment }) => planHash !== undefined && holdsHash(comment, planHash))
  const approval = naming ?? approvals[0]
  if (approval === undefined) throw new Error('One of no approvals was chosen.')
  const own = isOwn ? [`${approval.by}, who approved it, started this run.`] : []
  const permission = permit(asked, approval, own)
  if (job.attempt === 1) return permission
  if (policy.rerun === 'refuse') return refuseRerun(asked)
  if (naming) return permission
  if (policy.rerun === 'accept') {
    const note = `This is attempt ${job.attempt} of the run: its approval may have been for an earlier one, which approval-rerun: accept allows.`
    return { ...permission, notes: [...permission.notes, note] }
  }
  return planHash === undefined ? refuseRerun(asked) : { ...permission, onlyContinuing: planHash }
}

function permit({ policy, job }: AskedInJob, { by, comment }: Approved, notes: string[]): Permission {
  return {
    approval: {
      kind: 'github-environment',
      by,
      ...(comment === '' ? {} : { comment }),
      url: job.runUrl,
      as: `a required reviewer of the GitHub environment ${policy.githubEnvironment}`,
    },
    notes,
  }
}

function refuseUnprotected(
  { policy, job }: AskedInJob,
  { hasPaidRule }: EnvironmentFacts,
  { isPrivate }: RunFacts,
): Refusal {
  const name = policy.githubEnvironment
  if (job.offersReviewers || hasPaidRule || isPrivate === false)
    return refuse(
      'no-reviewers',
      `The GitHub environment ${name} of ${job.repository} has no required reviewers, so every job may use it without an approval.`,
      `Add them under Settings → Environments → ${name} → Required reviewers.`,
    )
  return refuse(
    'reviewers-not-offered',
    `The GitHub environment ${name} of ${job.repository} has no required reviewers. In a private repository they need GitHub Enterprise; other plans do not offer them.`,
    `With Enterprise, add them under Settings → Environments → ${name}. Without, set approval: comment or approval: review in devflow.yml; or approval: confirmation, which nobody reviews.`,
  )
}

function refuseUnapproved({ policy, job }: AskedInJob, names: readonly string[]): Refusal {
  const name = policy.githubEnvironment
  const who = names.length === 0 ? 'a required reviewer' : names.slice(0, 6).join(' or ')
  return refuse(
    'not-approved',
    `Run ${job.runId} was not approved for the GitHub environment ${name}.`,
    `An administrator who starts a waiting job past its rules leaves no approval. Let ${who} approve it at ${job.runUrl}, and the job name the environment:`,
    `environment: ${name}`,
  )
}

function refuseRejected({ policy, job }: AskedInJob, { by, comment }: EnvironmentReview): Refusal {
  const words = comment === '' ? '' : `: ${JSON.stringify(comment.slice(0, 200))}`
  return refuse(
    'rejected',
    `Run ${job.runId} was rejected for the GitHub environment ${policy.githubEnvironment} by ${by?.login ?? 'an account that is gone'}${words}.`,
    'Start a new run when what was objected to is mended. A rejection stays with its run, for GitHub does not tell which review came last.',
  )
}

function refuseBot({ policy, job }: AskedInJob, login: string | undefined): Refusal {
  const who = login === undefined ? 'an account that is gone' : `${login}, which is an app and no person`
  return refuse(
    'approved-by-bot',
    `Run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment} by nobody but ${who}.`,
    'Let a person approve a new run.',
  )
}

function refuseOwn({ policy, job }: AskedInJob, login: string): Refusal {
  return refuse(
    'self-approved',
    `Run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment} by nobody but ${login}, who started it.`,
    `Let somebody else approve a new run at ${job.runUrl.replace(/\/runs\/\d+$/, '')}.`,
  )
}

function refuseRerun({ job, policy }: AskedInJob): Refusal {
  return refuse(
    'rerun',
    `This is attempt ${job.attempt} of run ${job.runId}, and GitHub does not tell of which attempt an approval is.`,
    policy.rerun === 'refuse'
      ? 'Start a new run, which is approved anew: approval-rerun: refuse allows no other.'
      : 'Start a new run, which is approved anew. With expected-plan-hash a later attempt may go on with a plan that an earlier one began, or that the approval names in its comment; approval-rerun: accept in devflow.yml takes the approval whatever it was for.',
  )
}
