import type { Rehearsed } from '../../model/outcome.js'
import { makeSteps, type Running } from './make-steps.js'
import type { Step } from './step.js'
import { type Scale, weighWork } from './weigh-work.js'
import { type Quantities, tellWork } from './words.js'
import { type Work, workOf } from './work-of.js'

/**
 * The first rewrite of something large, or read of it under a lock that stops others, as a clause: `rewrites
 * public.orders (3.2 GB) under ACCESS EXCLUSIVE`.
 */
export function findLargeWork(
  rehearsal: readonly Rehearsed[],
  running: Running,
  scale: Scale,
  quantities: Quantities,
): string | undefined {
  for (const step of makeSteps(rehearsal, running)) {
    const shown = workOf(step)
    const work = shown ?? maybeWork(step)
    if (!work || weighWork(work.through, scale).production !== 'block') continue
    const told = tellWork(work, scale, quantities)
    return shown ? told : told.replace(/^reads/, 'may read')
  }
  return undefined
}

/** Where nothing is counted, what is locked against writers may be read too. */
function maybeWork({ measured, taken }: Step): Work | undefined {
  const [first] = taken
  if (!measured.uncounted || !first) return undefined
  const relations = [...taken.keys()]
  return { kind: 'scan', relations, through: relations, mode: first[1] }
}
