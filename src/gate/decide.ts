import type { Config } from '../model/config.js'
import type { Permission, Refusal } from '../model/permission.js'
import type { Problem } from '../model/problem.js'
import { isRefusal } from './refuse.js'
import { tellRefusal } from './tell-refusal.js'

type Asked = Pick<Config, 'command' | 'changes' | 'environment' | 'entry' | 'confirmed'>

/** Whether an approval has to be proven: only what applies needs one, so that a plan can be made to be approved. */
export function needsApproval({ changes, environment }: Asked): boolean {
  return changes && environment.requireApproval
}

/**
 * What must hold before anything is applied. An empty list is the permission. Asked before a connection is opened;
 * reading and rehearsing need none of it.
 *
 * @param proof what `proveApproval` found, where `needsApproval`
 */
export function decide(config: Asked, proof?: Permission | Refusal): Problem[] {
  if (!config.changes) return []
  return config.environment.requireApproval ? unproven(config, proof) : unconfirmedProduction(config)
}

function unproven({ environment }: Asked, proof: Permission | Refusal | undefined): Problem[] {
  if (proof !== undefined) return isRefusal(proof) ? [tellRefusal(proof)] : []
  return [
    {
      message: `Environment ${environment.name} has require_approval: true, and nothing proves an approval, so nothing is applied there.`,
      help: 'Run plan or dry-run there, or remove require_approval and let the required reviewers of a GitHub environment hold the job.',
    },
  ]
}

function unconfirmedProduction({ environment, entry, confirmed }: Asked): Problem[] {
  if (environment.class !== 'production' || entry !== 'cli' || confirmed) return []
  return [
    {
      message: `Environment ${environment.name} is of class production, and nothing confirms that migrations are to be applied to it.`,
      help: 'Set CONFIRM_PRODUCTION_MIGRATION=true for this command, or give the environment another class in devflow.yml.',
    },
  ]
}
