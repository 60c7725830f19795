import type { Observe } from '../../model/progress.js'
import type { OtherSession } from '../../model/watch.js'

/** Adds to what becomes of a migration that was tried again who was in its way last: it may have gone by then. */
export function keepBlockers(observe: Observe): Observe {
  const last = new Map<string, readonly OtherSession[]>()
  return (event) => {
    if (event.kind === 'retrying' && event.blockers.length > 0) last.set(event.name, event.blockers)
    if (event.kind !== 'applied') return observe(event)
    const { outcome } = event
    const blockers = outcome.failure?.blockers?.length ? undefined : last.get(outcome.name)
    observe(blockers ? { ...event, outcome: { ...outcome, blockers } } : event)
  }
}
