import { proveApproval } from '../gate/prove-approval.js'
import { makeApprovalSource } from '../github/approvals/make-approval-source.js'
import type { Config } from '../model/config.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { ExpectedPlan } from '../model/plan-document.js'
import { jobOf, restOf } from './permission/job.js'
import type { System } from './system.js'

/**
 * Who approved it, by what GitHub or a person says; undefined where nobody has to.
 *
 * @param expected the plan that was approved, where one was named
 */
export async function provePermission(
  config: Config,
  system: System,
  signal: AbortSignal,
  expected: ExpectedPlan | undefined,
): Promise<Permission | Refusal | undefined> {
  const { gate, environment, entry, run, confirmed } = config
  if (gate.approval === undefined) return undefined
  const job = jobOf(config)
  const asked = {
    environment: environment.name,
    policy: gate.approval,
    entry,
    actor: run.actor,
    ...(job === undefined ? {} : { job }),
    ...(expected === undefined ? {} : { planHash: expected.hash }),
    confirmation: { byVariable: confirmed, ...(gate.typed === undefined ? {} : { typed: gate.typed }) },
  }
  const rest = restOf(config, { ...system.github, signal })
  return proveApproval(asked, rest && job ? makeApprovalSource(rest, job) : undefined)
}
