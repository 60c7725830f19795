/** A transaction that only waited too long for a lock, or lost in a deadlock, may be tried again: it left nothing. */
export function isRetryable(code: string): boolean {
  return code === '55P03' || code === '40P01'
}

export const RETRY_LIMIT = 10
const RETRY_WITHIN_MS = 120_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 8_000

/**
 * How long to wait before the next attempt: doubling, with jitter, so that two runs do not meet again.
 *
 * @param attempt how many attempts were made
 * @param spentMs since the first failed
 * @returns milliseconds, or undefined when the limits are reached
 */
export function pauseBefore(attempt: number, spentMs: number): number | undefined {
  if (attempt >= RETRY_LIMIT || spentMs >= RETRY_WITHIN_MS) return undefined
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  return pause / 2 + Math.random() * (pause / 2)
}
