import type { Watcher } from '../seen-through.js'
import type { ShadowRequest } from './shadow.js'

/** A statement that is rehearsed has a minute there, and nobody else holds anything: what works for longer without a word hangs. */
const ANSWERS_WITHIN_MS = 1_800_000

/**
 * Who is told of a shadow's answer that does not come, and how long one is waited for: it is lost then, and another shadow is
 * opened. No watch looks at what is sent there.
 */
export function watchShadow({
  observe = () => {},
  redact,
  answersWithinMs = ANSWERS_WITHIN_MS,
}: Pick<ShadowRequest, 'observe' | 'redact' | 'answersWithinMs'>): Watcher {
  return {
    observe: (event) => {
      const isTold = event.kind === 'watching' && event.doing !== undefined
      observe(isTold ? { ...event, doing: `on the shadow: ${event.doing}` } : event)
    },
    redact,
    isAlone: true,
    longestMs: answersWithinMs,
  }
}
