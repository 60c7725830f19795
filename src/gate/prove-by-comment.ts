import type { ApprovalSource, CommentFacts, Right } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { AskedInJob } from './asked.js'
import { findPullRequest, refuseUnread } from './find-pull-request.js'
import { judgeComments } from './judge-comments.js'
import { readComment } from './read-comment.js'
import { isRefusal, refuse } from './refuse.js'

/** Each needs a question of its own; nobody reviews with so many. */
const MOST_AUTHORS = 50

/** That somebody who may write to the repository put the plan's hash into a comment on the pull request. */
export async function proveByComment(
  asked: AskedInJob,
  source: ApprovalSource,
): Promise<Permission | Refusal> {
  const { planHash } = asked
  if (planHash === undefined) return refuseUnhashed(asked)
  const pullRequest = await findPullRequest(asked, source)
  if (isRefusal(pullRequest)) return pullRequest
  const comments = await source.comments(pullRequest.number)
  if (comments.failure) return refuseUnread(comments.failure, asked)
  const about = comments.value.filter(({ body }) => readComment(body, planHash) !== 'nothing')
  const rights = await rightsOf(about, asked, source)
  return isRefusal(rights) ? rights : judgeComments({ ...asked, planHash }, pullRequest, about, rights)
}

async function rightsOf(
  comments: readonly CommentFacts[],
  asked: AskedInJob,
  source: ApprovalSource,
): Promise<ReadonlyMap<string, Right> | Refusal> {
  const logins = new Set(comments.flatMap(({ by }) => (by && !by.isBot ? [by.login] : [])))
  if (logins.size > MOST_AUTHORS)
    return refuse(
      'unreadable',
      `${logins.size} accounts wrote about this plan, and at most ${MOST_AUTHORS} are looked at.`,
      'Remove comments of accounts that have nothing to do with it.',
    )
  const rights = new Map<string, Right>()
  const replies = await Promise.all(
    [...logins].map(async (login) => ({ login, reply: await source.rightOf(login) })),
  )
  for (const { login, reply } of replies) {
    if (reply.failure) return refuseUnread(reply.failure, asked)
    rights.set(login, reply.value)
  }
  return rights
}

function refuseUnhashed({ environment }: AskedInJob): Refusal {
  return refuse(
    'no-plan-hash',
    `Environment ${environment} has approval: comment, and without expected-plan-hash there is no plan that a comment could be about.`,
    'Let a job before this one run plan, and pass its output:',
    `with:\n  expected-plan-hash: \${{ needs.plan.outputs.plan-hash }}`,
  )
}
