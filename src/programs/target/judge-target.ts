import { judgeIdentity } from '../../gate/judge-identity.js'
import type { Config } from '../../model/config.js'
import type { IdentityVerdict } from '../../model/identity.js'
import type { Target } from '../../model/target.js'

/** What the target remembers of itself, beside what this run takes it for. */
export function judgeTarget(target: Target, config: Config): IdentityVerdict {
  return judgeIdentity(target.identity, presentOf(target, config), config.gate.moveTarget)
}

function presentOf(
  { database, databaseOid, systemIdentifier, timeline }: Target,
  { environment, project }: Pick<Config, 'environment' | 'project'>,
) {
  return {
    environment: environment.name,
    database,
    ...(project === undefined ? {} : { project }),
    ...(databaseOid === undefined ? {} : { databaseOid }),
    ...(systemIdentifier === undefined ? {} : { systemIdentifier }),
    ...(timeline === undefined ? {} : { timeline }),
  }
}
