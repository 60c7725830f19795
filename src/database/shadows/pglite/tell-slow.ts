import type { Observe } from '../../../model/progress.js'
import { SILENT_MS } from '../../silence.js'

/** Tells every few seconds that an answer is waited for, until it is disposed of. There is no second connection to look from. */
export function tellSlow(observe: Observe): Disposable {
  const started = Date.now()
  const tell = setInterval(() => {
    try {
      observe({
        kind: 'watching',
        elapsedMs: Date.now() - started,
        doing: WAITING,
        blockedBy: [],
        blocking: [],
      })
    } catch {
      // Whoever is told may fail, and must not end this.
    }
  }, SILENT_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(tell) }
}

const WAITING = 'on the shadow: waiting for an answer of PGlite'
