import type { ApprovalSource } from '../model/approval-facts.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { Asked, AskedInJob } from './asked.js'
import { judgeConfirmation } from './judge-confirmation.js'
import { permissionLines, tokenLines } from './lines-to-add.js'
import { NEEDS } from './needs.js'
import { proveByComment } from './prove-by-comment.js'
import { proveByEnvironment } from './prove-by-environment.js'
import { proveByReview } from './prove-by-review.js'
import { refuse } from './refuse.js'

/**
 * Whether what runs now was approved, for an environment with `require_approval: true`, in the way that the configuration
 * chose. Whatever is not known is a refusal; each reason for one has its own words and its own way out.
 *
 * @param source absent where there is no token
 */
export async function proveApproval(
  asked: Asked,
  source: ApprovalSource | undefined,
): Promise<Permission | Refusal> {
  const { policy, job } = asked
  if (policy.kind === 'confirmation') return judgeConfirmation(asked)
  if (job === undefined) return refuseOutside(asked)
  if (source === undefined) return refuseWithoutToken(asked)
  const inJob: AskedInJob = { ...asked, job }
  if (policy.kind === 'comment') return proveByComment(inJob, source)
  if (policy.kind === 'review') return proveByReview(inJob, source)
  return proveByEnvironment(inJob, source)
}

function refuseOutside({ environment }: Asked): Refusal {
  return refuse(
    'no-job',
    `Environment ${environment} has require_approval: true, and this does not run in a GitHub job, whose approval could be proven.`,
    'Run it in a GitHub Actions workflow; or set approval: confirmation for the environment in devflow.yml, which nobody reviews.',
  )
}

function refuseWithoutToken({ environment, entry, policy }: Asked): Refusal {
  const lines = `${permissionLines(NEEDS[policy.kind])}\n${tokenLines(entry)}`
  return refuse(
    'no-token',
    `Environment ${environment} has require_approval: true, and there is no token to ask GitHub for the approval with.`,
    'Add to the job, with what else it needs under permissions, for what is not named there is taken away:',
    lines,
  )
}
