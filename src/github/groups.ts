import type { Observe, ProgressEvent } from '../model/progress.js'
import type { StepLog } from './step-log.js'

export interface GroupedLog {
  readonly observe: Observe
  /** Ends the open group. Call it before anything that must not be folded away. */
  readonly close: () => void
}

/** Folds the log by stage. `render` gives an event's line, or undefined for none. Groups do not nest on GitHub. */
export function makeGroupedLog(
  log: StepLog,
  render: (event: ProgressEvent) => string | undefined,
): GroupedLog {
  let open = false
  const close = () => {
    if (open) log.command('::endgroup::')
    open = false
  }
  return {
    close,
    observe: (event) => {
      const line = render(event)
      // Whoever is to stop it must see it.
      if (event.kind === 'review-window') close()
      if (event.kind !== 'stage') {
        if (line !== undefined) log.write(line)
        return
      }
      close()
      log.command(`::group::${line ?? event.stage}`)
      open = true
    },
  }
}
