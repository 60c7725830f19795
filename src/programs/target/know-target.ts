import type { Config } from '../../model/config.js'
import { findOtherHistories } from '../../plan/find-other-histories.js'
import type { Way } from '../way.js'
import { judgeTarget } from './judge-target.js'

/**
 * Whether the target is what the run takes it for, by what it remembers of itself: asked before anything is planned.
 * `status` and `history` only tell.
 */
export function isTheTarget(run: Way): boolean {
  const { config, gathered, known } = run
  if (!isTheHistory(run)) return false
  if (known.unrecordable) {
    gathered.refusals = [...(gathered.refusals ?? []), ...known.unrecordable]
    return false
  }
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

/** What is recorded elsewhere in the database would be applied once more. What runs no file may make this the place. */
function isTheHistory({ config, gathered, known }: Way): boolean {
  const { others } = known
  if (others === undefined || RUNS_NOTHING.includes(config.command)) return true
  const { tracking } = known.target
  const found = findOtherHistories(others, gathered.files ?? [], tracking, config.project)
  const tells = config.command === 'status' || config.command === 'history'
  const told = tells ? found.refusals.map(({ message }) => message) : []
  gathered.notes = [...(gathered.notes ?? []), ...[...found.notes, ...told].map(config.redact)]
  if (tells || found.refusals.length === 0) return true
  const refusals = found.refusals.map(({ message, help, ...rest }) => ({
    ...rest,
    message: config.redact(message),
    help: config.redact(help),
  }))
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals]
  return false
}

const RUNS_NOTHING: readonly Config['command'][] = ['baseline', 'adopt', 'repair', 'backup', 'restore']
