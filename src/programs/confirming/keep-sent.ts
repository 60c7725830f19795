import type { Work } from '../../executors/executor.js'
import type { ProgressEvent } from '../../model/progress.js'
import type { Gathering } from '../../report/gathered.js'

/** Keeps which migrations the server has and has not answered for, and since when it is at one: a run may have to be left. */
export function keepSent(gathered: Gathering): {
  readonly sent: NonNullable<Work['sent']>
  readonly see: (event: ProgressEvent) => void
} {
  gathered.sent = { first: 0, count: 0 }
  return {
    sent: (first, count) => {
      gathered.sent = { first, count }
    },
    see: (event) => {
      if (event.kind === 'applying') gathered.begun = { index: event.index - 1, at: Date.now() }
    },
  }
}
