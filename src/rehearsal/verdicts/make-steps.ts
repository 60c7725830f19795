import type { LockStrength, Measured, RehearsalPlace } from '../../model/measured.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { TransactionMode } from '../../model/plan.js'
import { isStrong, type Step, type StrongLocks, strengthOf } from './step.js'

/** How the rehearsed files will run. */
export interface Running {
  readonly place: Pick<RehearsalPlace, 'kind'>
  /** By path. */
  readonly modes: ReadonlyMap<string, TransactionMode>
  /** All in one transaction. */
  readonly together: boolean
}

/**
 * What was measured, in the order it ran in, with the locks around each statement. A rehearsal on a target is one
 * transaction, which keeps the locks of all files before; on a shadow each file is as it will be.
 */
export function makeSteps(rehearsal: readonly Rehearsed[], running: Running): Step[] {
  const steps: Step[] = []
  let held: StrongLocks = new Map()
  let hidden: ReadonlySet<string> = new Set()
  for (const { path, measured = [] } of rehearsal) {
    const mode = running.modes.get(path) ?? 'transaction'
    const own: Step[] = []
    for (const one of measured) {
      own.push(makeStep(path, one, mode, running, held, hidden))
      const { taken } = own.at(-1) as Step
      if (running.place.kind === 'shadow' && mode === 'no-transaction') continue
      if (mode === 'no-transaction') hidden = new Set([...hidden, ...taken.keys()])
      else held = joined(held, taken)
    }
    steps.push(...own)
    if (running.together) continue
    if (running.place.kind === 'target' && held.size > 0) hidden = new Set([...hidden, ...held.keys()])
    held = new Map()
  }
  return steps
}

function makeStep(
  path: string,
  measured: Measured,
  mode: TransactionMode,
  { place }: Running,
  held: StrongLocks,
  hidden: ReadonlySet<string>,
): Step {
  const taken = strongest(measured)
  // A file's own BEGIN and COMMIT are honoured on a shadow, and not sent on a target.
  if (mode === 'transaction') return { path, measured, taken, held: joined(held, before(measured)), hidden }
  return { path, measured, taken, held: place.kind === 'shadow' ? before(measured) : undefined, hidden }
}

function strongest({ locks }: Measured): StrongLocks {
  return new Map(
    locks.flatMap(({ relation, modes: [mode] }) =>
      mode !== undefined && isStrong(mode) ? [[relation, mode] as const] : [],
    ),
  )
}

function before({ heldBefore, statement }: Measured): StrongLocks {
  const held = heldBefore.filter(({ since }) => since < statement)
  return new Map(held.map(({ relation }) => [relation, 'AccessExclusive' as const]))
}

function joined(some: StrongLocks, more: StrongLocks): StrongLocks {
  if (more.size === 0) return some
  const all = new Map<string, LockStrength>(some)
  for (const [relation, mode] of more)
    if (strengthOf(mode) > strengthOf(all.get(relation) ?? 'AccessShare')) all.set(relation, mode)
  return all
}
