import type { Observe } from '../../model/progress.js'

/** How many notices of the server one migration may put into the log. The rest is counted. */
export const NOTICE_LIMIT = 100

/** How many all migrations of a run may put into it together. */
export const NOTICES_OF_A_RUN = 750

/** Keeps a migration that raises a million notices, and a thousand that raise some, from filling the log. */
export function limitNotices(observe: Observe): Observe {
  let seen = 0
  let shown = 0
  let said = false
  let broken: { error: unknown } | undefined
  return (event) => {
    if (event.kind === 'notice') {
      seen++
      // A notice comes from the connection's own events, where nobody catches: the next event tells of it.
      try {
        if (seen > NOTICE_LIMIT || shown === NOTICES_OF_A_RUN) return
        shown++
        observe(event)
      } catch (error) {
        broken = { error }
      }
      return
    }
    // A look at what goes on ends no migration, and comes from a timer, where nobody catches either.
    if (event.kind === 'watching') return observe(event)
    if (broken) throw broken.error
    if (seen > NOTICE_LIMIT && !said)
      observe({ kind: 'note', message: `… and ${seen - NOTICE_LIMIT} more notices` })
    seen = 0
    if (shown === NOTICES_OF_A_RUN && !said) {
      said = true
      observe({
        kind: 'note',
        message: `${shown} notices of the server were shown; of this run no more are.`,
      })
    }
    observe(event)
  }
}
