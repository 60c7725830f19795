import type { Observe } from '../model/progress.js'

/** How many notices of the server one migration may put into the log. The rest is counted. */
export const NOTICE_LIMIT = 100

/** Keeps a migration that raises a million notices from filling the log. */
export function limitNotices(observe: Observe): Observe {
  let seen = 0
  return (event) => {
    if (event.kind === 'notice') {
      seen++
      if (seen <= NOTICE_LIMIT) observe(event)
      return
    }
    if (seen > NOTICE_LIMIT) observe({ kind: 'note', message: `… and ${seen - NOTICE_LIMIT} more notices` })
    seen = 0
    observe(event)
  }
}
