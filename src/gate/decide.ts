import type { Config } from '../model/config.js'
import type { Problem } from '../model/problem.js'

/**
 * What must hold before anything is applied. An empty list is the permission. Asked before a connection is opened;
 * reading and rehearsing need none of it.
 */
export function decide(
  config: Pick<Config, 'command' | 'dryRun' | 'environment' | 'entry' | 'confirmed'>,
): Problem[] {
  if (config.command !== 'migrate' || config.dryRun) return []
  return [...unprovenApproval(config), ...unconfirmedProduction(config)]
}

function unprovenApproval({ environment }: Pick<Config, 'environment'>): Problem[] {
  if (!environment.requireApproval) return []
  return [
    {
      message: `Environment ${environment.name} has require_approval: true, and this version can not prove an approval, so it applies nothing there.`,
      help: 'Run plan or dry-run there, or remove require_approval and let the required reviewers of a GitHub environment hold the job.',
    },
  ]
}

function unconfirmedProduction({ environment, entry, confirmed }: Parameters<typeof decide>[0]): Problem[] {
  if (environment.class !== 'production' || entry !== 'cli' || environment.requireApproval || confirmed)
    return []
  return [
    {
      message: `Environment ${environment.name} is of class production, and nothing confirms that migrations are to be applied to it.`,
      help: 'Set CONFIRM_PRODUCTION_MIGRATION=true for this command, or give the environment another class in devflow.yml.',
    },
  ]
}
