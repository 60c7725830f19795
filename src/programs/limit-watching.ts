import type { Observe } from '../model/progress.js'

/** How often a message that takes long may put a line into a log. */
const LINE_EVERY_MS = 10_000

/**
 * Marks those looks at a long message that are worth a line in a log: one every ten seconds, and the first that shows
 * who is in its way at once. All are passed on, since a bar is drawn again with each.
 */
export function limitWatching(observe: Observe): Observe {
  let told = nothingTold
  return (event) => {
    if (event.kind === 'retrying' || event.kind === 'stage') told = nothingTold
    // Who is in the way of this migration may not be who was in the way of the one before.
    if (event.kind === 'applying') told = { ...told, blockedMs: nothingTold.blockedMs }
    if (event.kind !== 'watching') return observe(event)
    const { elapsedMs, blockedBy } = event
    // The clock is the message's own: where it has not gone on, another message began.
    if (elapsedMs <= told.seenMs) told = nothingTold
    const isBlocked = blockedBy.length > 0
    const isDue = (sinceMs: number) => elapsedMs - sinceMs >= LINE_EVERY_MS
    const worthALine = isDue(told.lineMs) || (isBlocked && isDue(told.blockedMs))
    told = {
      seenMs: elapsedMs,
      lineMs: worthALine ? elapsedMs : told.lineMs,
      blockedMs: worthALine && isBlocked ? elapsedMs : told.blockedMs,
    }
    observe({ ...event, worthALine })
  }
}

/** Of the last look, the last line and the last line that named somebody, in milliseconds of the message. */
const nothingTold = { seenMs: -1, lineMs: 0, blockedMs: Number.NEGATIVE_INFINITY }
