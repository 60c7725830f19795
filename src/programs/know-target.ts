import { judgeTarget } from './judge-target.js'
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
