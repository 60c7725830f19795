import { judgeIdentity } from '../gate/judge-identity.js'
import type { Config } from '../model/config.js'
import type { IdentityVerdict } from '../model/identity.js'
import type { Target } from '../model/target.js'
import type { Way } from './way.js'

/**
 * Whether the target is what the run takes it for, by what it remembers of itself: asked before anything is planned.
 * `status` and `history` only tell.
 */
export function isTheTarget({ config, gathered, known }: Way): boolean {
  const verdict = judgeTarget(known.target, config)
  if (verdict.kind !== 'refused') {
    if (verdict.kind === 'moved') gathered.movesTarget = true
    gathered.notes = [...(gathered.notes ?? []), ...verdict.notes]
    return true
  }
  if (config.command === 'status' || config.command === 'history') {
    gathered.notes = [...(gathered.notes ?? []), config.redact(verdict.problem.message)]
    return true
  }
  gathered.refusals = [...(gathered.refusals ?? []), verdict.problem]
  return false
}

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
