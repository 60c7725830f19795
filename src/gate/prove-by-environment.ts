import type { ApprovalSource } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { RestFailure } from '../model/rest-failure.js'
import type { AskedInJob } from './asked.js'
import { judgeEnvironment } from './judge-environment.js'
import { judgeRun } from './judge-run.js'
import { NEEDS } from './needs.js'
import { refuse } from './refuse.js'
import { refuseFailure } from './refuse-failure.js'

/** That this run was approved for the GitHub environment by a required reviewer, which the environment must really have. */
export async function proveByEnvironment(
  asked: AskedInJob,
  source: ApprovalSource,
): Promise<Permission | Refusal> {
  const name = asked.policy.githubEnvironment
  const [environment, reviews, run] = await Promise.all([
    source.environment(name),
    source.environmentReviews(),
    source.run(),
  ])
  // The run first: who may not see the repository is told that nothing is there.
  const failed = [run, reviews].find(({ failure }) => failure !== undefined)?.failure
  if (failed) return refuseUnread(failed, asked)
  if (environment.failure?.kind === 'not-found') return refuseMissing(asked, run.value?.isPrivate)
  if (environment.failure) return refuseUnread(environment.failure, asked)
  if (!environment.value || !reviews.value || !run.value)
    throw new Error('A reply holds a value or a failure.')
  return judgeRun(asked, run.value) ?? judgeEnvironment(asked, environment.value, reviews.value, run.value)
}

function refuseUnread(failure: RestFailure, { entry, policy, job }: AskedInJob): Refusal {
  const what = `whether run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment}`
  return refuseFailure(failure, { entry, needs: NEEDS['github-environment'], what })
}

/** A name that is written wrong in a workflow makes an environment that protects nothing. */
function refuseMissing({ policy, job }: AskedInJob, isPrivate = false): Refusal {
  const plan =
    isPrivate && !job.offersReviewers
      ? ' In a private repository environments need GitHub Pro, Team or Enterprise, and required reviewers need Enterprise.'
      : ''
  return refuse(
    'environment-missing',
    `The GitHub environment ${policy.githubEnvironment} does not exist in ${job.repository}.${plan}`,
    'Create it under Settings → Environments with required reviewers, or name the right one with github-environment in devflow.yml.',
  )
}
