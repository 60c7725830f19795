import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The first signal asks the run to end: the statement that runs is cancelled, what was done is recorded and reported.
 * A second one ends the process at once.
 *
 * @param tell called with the first signal's name
 * @returns aborted by the first signal, with its name as the reason
 */
export function endOnSignals(tell: (signal: string) => void): AbortSignal {
  const controller = new AbortController()
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(128 + constants.signals[name])
      controller.abort(name)
      tell(name)
    })
  }
  return controller.signal
}
