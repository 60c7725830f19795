import type { Failure } from '../../model/outcome.js'
import type { ServerError, SessionLimit } from '../../model/session.js'
import { isSessionLimit } from '../../sql/session-limit.js'

/** The session is of no use any more, though connected. No SQLSTATE, which a file could raise. */
export const UNFIT = 'session-unfit'

const ENDED = 'ended-at-'

/** The server said itself that it ends the session. No SQLSTATE either. */
const TOLD = 'ended-by-server'

/** What is the matter with a session that the server ended, at a limit or for another reason. */
export function endedAt({ limit, isTold: told }: ServerError): Pick<Failure, 'code'> | undefined {
  if (limit) return { code: `${ENDED}${limit}` }
  return told && { code: TOLD }
}

export function isTold({ code }: Failure): boolean {
  return code === TOLD
}

/** What people are told of a loss that nobody is to blame for: codes of ours that only say how it looked are left out. */
export function asLoss(failure: Failure): Failure {
  return isTold(failure) || limitOf(failure) ? { ...failure, code: LOST } : failure
}

/** One that the server told, where it is not known whether its record is there: history has to be read. */
export function asUnread(failure: Failure): Failure {
  const message = `${failure.message} (and the connection was lost before it was known whether that is recorded)`
  return { ...failure, code: LOST, message }
}

const LOST = 'connection-lost'

/** The limit at which the server ended the session: what ran would run into it again. */
export function limitOf({ code }: Failure): SessionLimit | undefined {
  const limit = code.startsWith(ENDED) ? code.slice(ENDED.length) : ''
  return isSessionLimit(limit) ? limit : undefined
}

/** The connection is gone, or its session is of no use any more: what was done has to be read on another. */
export function isLoss(failure: Failure): boolean {
  return failure.code === LOST || failure.code === UNFIT || isTold(failure) || limitOf(failure) !== undefined
}
