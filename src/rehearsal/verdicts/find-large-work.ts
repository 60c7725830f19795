import type { Rehearsed } from '../../model/outcome.js'
import { makeSteps, type Running } from './make-steps.js'
import { type Scale, weighWork } from './weigh-work.js'
import { type Quantities, tellWork } from './words.js'
import { workOf } from './work-of.js'

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
    const work = workOf(step)
    if (work && weighWork(work.through, scale).production === 'block')
      return tellWork(work, scale, quantities)
  }
  return undefined
}
