import { constants } from 'node:os'
import { ENDING_SIGNALS } from './ending-signals.js'
import { leaveNow } from './leave.js'

/**
 * The first signal asks the run to end: the statement that runs is cancelled, what was done is recorded and reported.
 * A second one ends the process at once.
 *
 * @param tell called with the first signal's name
 * @returns aborted by the first signal, with its name as the reason
 */
export function endOnSignals(tell: (signal: string) => void): AbortSignal {
  const controller = new AbortController()
  for (const name of ENDING_SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) leaveNow(128 + constants.signals[name])
      controller.abort(name)
      tell(name)
    })
  }
  return controller.signal
}
