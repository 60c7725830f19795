import type { Failure } from '../../model/outcome.js'
import type { ServerError, SessionLimit } from '../../model/session.js'
import { isSessionLimit } from '../../sql/session-limit.js'

/** The session is of no use any more, though connected. No SQLSTATE, which a file could raise. */
export const UNFIT = 'session-unfit'

const ENDED = 'ended-at-'

/** What is the matter with a session that the server ended at a limit; no SQLSTATE either. */
export function endedAt({ limit }: ServerError): Pick<Failure, 'code'> | undefined {
  return limit && { code: `${ENDED}${limit}` }
}

/** The limit at which the server ended the session: what ran would run into it again. */
export function limitOf({ code }: Failure): SessionLimit | undefined {
  const limit = code.startsWith(ENDED) ? code.slice(ENDED.length) : ''
  return isSessionLimit(limit) ? limit : undefined
}

/** The connection is gone, or its session is of no use any more: what was done has to be read on another. */
export function isLoss(failure: Failure): boolean {
  return failure.code === 'connection-lost' || failure.code === UNFIT || limitOf(failure) !== undefined
}
