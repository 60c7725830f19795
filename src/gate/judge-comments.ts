import type { CommentFacts, PullRequestFacts, Right } from '../model/approval-facts.js'
import type { Permission, Refusal, RefusalReason } from '../model/permission.js'
import type { AskedInJob } from './asked.js'
import { readComment } from './read-comment.js'
import { refuse } from './refuse.js'

type AskedOfPlan = AskedInJob & { readonly planHash: string }

interface Said {
  readonly comment: CommentFacts
  /** A login; empty for an account that is gone. */
  readonly by: string
  readonly objects: boolean
  /** Why it does not count; absent where it does. */
  readonly flaw?: Extract<
    RefusalReason,
    'comment-edited' | 'self-approved' | 'approved-by-bot' | 'no-write-access'
  >
  readonly isOwn: boolean
}

/**
 * Whether what was said about a plan approves it. Of each person the newest word counts, an objection of one stands against
 * the approval of another, and only the words of those who may write to the repository count at all.
 *
 * @param comments those that say something about the plan
 */
export function judgeComments(
  asked: AskedOfPlan,
  pullRequest: PullRequestFacts,
  comments: readonly CommentFacts[],
  rights: ReadonlyMap<string, Right>,
): Permission | Refusal {
  const said = comments.map((comment) => weigh(comment, asked, pullRequest, rights))
  const newest = new Map<string, Said>()
  const counting = said.filter(({ flaw }) => flaw === undefined)
  for (const one of counting.toSorted((a, b) => a.comment.id - b.comment.id)) newest.set(one.by, one)
  const standing = [...newest.values()]
  const objection = standing.find(({ objects }) => objects)
  if (objection) return refuseObjected(objection, asked)
  const approval = standing.find(({ isOwn }) => !isOwn) ?? standing[0]
  if (approval === undefined) return refuseUncounted(said, asked, pullRequest)
  const { comment, by, isOwn } = approval
  return {
    approval: {
      kind: 'comment',
      by,
      at: comment.createdAt,
      comment: comment.body,
      ...(comment.url === undefined ? {} : { url: comment.url }),
      as: `a comment on pull request ${pullRequest.number} that holds the plan’s hash, by somebody who may write to ${asked.job.repository}`,
    },
    notes: isOwn ? [`${by}, who approved it, started this run or wrote the pull request.`] : [],
  }
}

function weigh(
  comment: CommentFacts,
  { policy, job, planHash }: AskedOfPlan,
  { author }: PullRequestFacts,
  rights: ReadonlyMap<string, Right>,
): Said {
  const by = comment.by?.login ?? ''
  const objects = readComment(comment.body, planHash) === 'objects'
  const isOwn = [...job.actors, author ?? ''].some((login) => login.toLowerCase() === by.toLowerCase())
  const right = rights.get(by)
  const mayWrite = right === 'write' || right === 'admin'
  const flaws: readonly [Said['flaw'], boolean][] = [
    ['approved-by-bot', comment.by === undefined || comment.by.isBot || comment.byApp],
    ['no-write-access', !mayWrite],
    // Others than its author may have edited it. A no stays one.
    ['comment-edited', !objects && comment.updatedAt !== comment.createdAt],
    ['self-approved', !objects && isOwn && policy.selfApproval === 'refused'],
  ]
  const flaw = flaws.find(([, holds]) => holds)?.[0]
  return { comment, by, objects, isOwn, ...(flaw === undefined ? {} : { flaw }) }
}

function refuseObjected({ by, comment }: Said, { planHash }: AskedOfPlan): Refusal {
  return refuse(
    'objected',
    `${by} objects to the plan ${planHash}${placeOf(comment)}: ${JSON.stringify(comment.body.slice(0, 200))}.`,
    'Mend what is objected to. Where it was meant as an approval: a comment with a word such as no, not or wait is none; let the same person write a new one that says approve and the hash, and no more.',
  )
}

/** What came closest is told. */
function refuseUncounted(
  said: readonly Said[],
  { planHash }: AskedOfPlan,
  { number }: PullRequestFacts,
): Refusal {
  const help = `Let somebody who may write to the repository comment on pull request ${number}, with no other words: approve ${planHash}`
  const closest = (
    ['comment-edited', 'self-approved', 'no-write-access', 'approved-by-bot'] as const
  ).flatMap((flaw) => said.filter((one) => one.flaw === flaw && !one.objects).slice(0, 1))[0]
  if (closest?.flaw === undefined)
    return refuse('no-comment', `No comment on pull request ${number} approves the plan ${planHash}.`, help)
  return refuse(
    closest.flaw,
    `No comment on pull request ${number} approves the plan ${planHash}: the one by ${closest.by || 'an account that is gone'}${placeOf(closest.comment)} ${WHY[closest.flaw]}.`,
    help,
  )
}

const WHY: Readonly<Record<NonNullable<Said['flaw']>, string>> = {
  'comment-edited': 'was edited, which others than its author may have done',
  'self-approved': 'is by who started this run or wrote the pull request',
  'no-write-access': 'is by somebody who may not write to the repository',
  'approved-by-bot': 'is by no person',
}

function placeOf({ url }: CommentFacts): string {
  return url === undefined ? '' : ` (${url})`
}
