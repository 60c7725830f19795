import type { ApprovalSource, PullRequestFacts } from '../model/approval-facts.js'
import type { Refusal } from '../model/permission.js'
import type { RestFailure } from '../model/rest-failure.js'
import type { AskedInJob } from './asked.js'
import { NEEDS } from './needs.js'
import { refuse } from './refuse.js'
import { refuseFailure } from './refuse-failure.js'

/**
 * The pull request whose approval counts: the one that started the run, at the commit that it had then; else the one that
 * brought the run's commit, as its merge or as its newest commit. None where more than one could be meant.
 */
export async function findPullRequest(
  asked: AskedInJob,
  source: ApprovalSource,
): Promise<PullRequestFacts | Refusal> {
  const { pullRequest, sha } = asked.job
  if (pullRequest) {
    const { value, failure } = await source.pullRequest(pullRequest.number)
    if (failure) return refuseUnread(failure, asked)
    return value.headSha === pullRequest.headSha ? value : refuseMoved(value, pullRequest.headSha)
  }
  if (sha === undefined) return refuseNone(asked, 'no commit is known')
  const { value: found, failure } = await source.pullRequestsOf(sha)
  if (failure) return refuseUnread(failure, asked)
  const merged = found.filter(({ isMerged, mergeSha }) => isMerged && mergeSha === sha)
  const holding = merged.length > 0 ? merged : found.filter(({ headSha }) => headSha === sha)
  const [only, ...others] = holding
  if (only === undefined)
    return refuseNone(asked, `no pull request was merged as commit ${sha}, or ends with it`)
  return others.length === 0 ? only : refuseNone(asked, `commit ${sha} is of several pull requests`)
}

/** What could not be learned of the approval that a pull request holds. */
export function refuseUnread(failure: RestFailure, { entry, policy, job }: AskedInJob): Refusal {
  const what = `whether what run ${job.runId} applies was approved on its pull request`
  return refuseFailure(failure, { entry, needs: NEEDS[policy.kind], what })
}

function refuseMoved({ number }: PullRequestFacts, headSha: string): Refusal {
  return refuse(
    'pull-request-moved',
    `Pull request ${number} has got commits since ${headSha}, which this run is of.`,
    'Use the run of its newest commit.',
  )
}

function refuseNone({ policy, job }: AskedInJob, why: string): Refusal {
  return refuse(
    'no-pull-request',
    `approval: ${policy.kind} looks for the approval on the pull request of the run’s commit, and ${why}.`,
    `Merge what is applied by a pull request, and run on the commit that the merge makes (${job.event} started this run).`,
  )
}
