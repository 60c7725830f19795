import type { RestFailureCause } from '../model/rest-failure.js'

interface Tried {
  /** So often it was asked. */
  readonly tries: number
  readonly cause: RestFailureCause
  readonly method: string
  readonly pauseMs: number
}

/**
 * How long to wait before the question is asked again, in milliseconds; undefined where another try would end the same,
 * or could do twice what is to be done once.
 */
export function waitBefore({ tries, cause, method, pauseMs }: Tried): number | undefined {
  // A quarter more or less, so that jobs which failed together do not come back together.
  const growing = pauseMs * 2 ** (tries - 1) * (0.75 + Math.random() / 2)
  if (cause.kind === 'rate-limited') return untilMs(cause.retryAt) ?? growing
  const isPassing = ['unreachable', 'server-error', 'unreadable'].includes(cause.kind)
  return isPassing && method !== 'POST' ? growing : undefined
}

function untilMs(retryAt: string | undefined): number | undefined {
  return retryAt === undefined ? undefined : Math.max(0, Date.parse(retryAt) - Date.now())
}
