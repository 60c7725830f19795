import type { Observe, ProgressEvent } from '../../model/progress.js'
import { EACH_UP_TO } from './limit-lines.js'

/** How often work that takes long may put a line into a log. */
const LINE_EVERY_MS = 10_000

/**
 * Marks those looks at long work that are worth a line in a log: one every ten seconds, and the first that shows who is
 * in its way, or in whose way it is, at once. All are passed on, since a bar is drawn again with each.
 *
 * The time is the log's, not the message's: a file may go in many messages, none of which takes ten seconds.
 *
 * @param now in milliseconds
 */
export function limitWatching(observe: Observe, now: () => number = () => performance.now()): Observe {
  let told: Told = { seenMs: -1, lineAt: now(), blockedAt: NEVER, blockingAt: NEVER }
  return (event) => {
    if (isLine(event)) told = { ...told, lineAt: now() }
    // Who is in the way of this migration may not be who was in the way of the one before. Who waits does so for the run.
    if (beginsAnew(event)) told = { ...told, blockedAt: NEVER }
    if (event.kind !== 'watching') return observe(event)
    const { elapsedMs, blockedBy, blocking } = event
    // That clock is the message's own: where it has not gone on, another message began.
    if (elapsedMs <= told.seenMs) told = { ...told, blockedAt: NEVER }
    const at = now()
    const isDue = (since: number) => at - since >= LINE_EVERY_MS
    const isBlocked = blockedBy.length > 0
    const isBlocking = blocking.length > 0
    const worthALine =
      isDue(told.lineAt) || (isBlocked && isDue(told.blockedAt)) || (isBlocking && isDue(told.blockingAt))
    told = {
      seenMs: elapsedMs,
      lineAt: worthALine ? at : told.lineAt,
      blockedAt: worthALine && isBlocked ? at : told.blockedAt,
      blockingAt: worthALine && isBlocking ? at : told.blockingAt,
    }
    observe({ ...event, worthALine })
  }
}

interface Told {
  /** How long the message had taken at the last look. */
  readonly seenMs: number
  /** When the log was told last how the work goes. */
  readonly lineAt: number
  /** When it was told last who is in the way. */
  readonly blockedAt: number
  /** When it was told last who waits. */
  readonly blockingAt: number
}

const NEVER = Number.NEGATIVE_INFINITY

function beginsAnew({ kind }: ProgressEvent): boolean {
  return kind === 'stage' || kind === 'retrying' || kind === 'applying'
}

/** The log tells by it that the work goes on; of many migrations it does not tell of each. */
function isLine(event: ProgressEvent): boolean {
  switch (event.kind) {
    case 'stage':
    case 'retrying':
      return true
    case 'rehearsed':
    case 'applying':
    case 'applied':
      return event.count <= EACH_UP_TO
    default:
      return false
  }
}
