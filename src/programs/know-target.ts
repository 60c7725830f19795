import { recordRefusal } from '../database/history/record-refusal.js'
import { judgeIdentity } from '../gate/judge-identity.js'
import type { Target } from '../model/target.js'
import type { Way } from './way.js'
import { writerOf } from './writer-of.js'

/**
 * Whether the target is what the run takes it for, by what it remembers of itself: asked before anything is planned.
 * `status` and `history` only tell.
 */
export function isTheTarget({ config, gathered, known }: Way): boolean {
  const { target } = known
  const verdict = judgeIdentity(target.identity, presentOf(target, config), config.gate.moveTarget)
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

function presentOf(
  { database, databaseOid, systemIdentifier, timeline }: Target,
  { environment, project }: Pick<Way['config'], 'environment' | 'project'>,
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

/** What a gate refused is part of the history, where something was to be applied. */
export async function tellRefusals(run: Way): Promise<void> {
  const { config, gathered, session, known } = run
  const { refusals = [], plan } = gathered
  if (!config.changes || refusals.length === 0) return
  const message = refusals.map((refusal) => config.redact(refusal.message)).join(' ')
  const why = await recordRefusal(session, known.target, writerOf(run), {
    message,
    ...(plan?.hash === undefined ? {} : { planHash: plan.hash }),
  })
  if (why !== undefined)
    gathered.notes = [...(gathered.notes ?? []), `The refusal could not be recorded: ${config.redact(why)}.`]
}
