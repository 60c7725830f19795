/** A cancelled job is killed some seconds after its signal, and its outputs are not set yet. */
const AFTER_SIGNAL_MS = 2_000

/** Aborted some time after the run was asked to end: what tells others of it gets that long. */
export function soonAfter(signal: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController()
  const wait = () => void setTimeout(() => controller.abort(), AFTER_SIGNAL_MS).unref()
  if (signal?.aborted) wait()
  else signal?.addEventListener('abort', wait, { once: true })
  return controller.signal
}
