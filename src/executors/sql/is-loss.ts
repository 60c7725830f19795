import type { Failure } from '../../model/outcome.js'

/** The session is of no use any more, though connected. No SQLSTATE, which a file could raise. */
export const UNFIT = 'session-unfit'

/** The connection is gone, or its session is of no use any more: what was done has to be read on another. */
export function isLoss({ code }: Failure): boolean {
  return code === 'connection-lost' || code === UNFIT
}
