import type { Observe } from '../model/progress.js'

/** How many notices of the server one migration may put into the log. The rest is counted. */
export const NOTICE_LIMIT = 100

/** Keeps a migration that raises a million notices from filling the log. */
export function limitNotices(observe: Observe): Observe {
  let seen = 0
  let broken: { error: unknown } | undefined
  return (event) => {
    if (event.kind === 'notice') {
      seen++
      // A notice comes from the connection's own events, where nobody catches: the next event tells of it.
      try {
        if (seen <= NOTICE_LIMIT) observe(event)
      } catch (error) {
        broken = { error }
      }
      return
    }
    // A look at what goes on ends no migration, and comes from a timer, where nobody catches either.
    if (event.kind === 'watching') return observe(event)
    if (broken) throw broken.error
    if (seen > NOTICE_LIMIT) observe({ kind: 'note', message: `… and ${seen - NOTICE_LIMIT} more notices` })
    seen = 0
    observe(event)
  }
}
