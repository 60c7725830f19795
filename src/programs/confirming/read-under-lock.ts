import type { AppliedRecord } from '../../model/history.js'
import { inTime } from '../connecting/in-time.js'
import { reconnect } from '../connecting/reconnect.js'
import { RECONNECT_WITHIN_MS } from '../connecting/reconnect-within.js'
import type { Way } from '../way.js'
import type { Unread } from './read-again.js'

/** Beyond what connecting and the lock may take. */
const ANSWER_WITHIN_MS = 60_000

/**
 * Reads history as it is when the lock of the run is had again: nothing of it is under way any more then.
 *
 * @param over aborted when there is no time left
 * @returns why it can not be read, where it can not
 */
export async function readUnderLock(run: Way, over: AbortSignal): Promise<readonly AppliedRecord[] | Unread> {
  const { system, config } = run
  const ms = (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS) + config.lockWaitMs + ANSWER_WITHIN_MS
  let why = 'the lock was not to be had, or nobody answered, in time'
  const opening = reconnect({ ...run, signal: over }, 'history is to be read', (told) => {
    why = config.redact(told).replace(/\.$/, '')
  })
  const line = await inTime(ms, over, opening)
  const closed = opening.then((late) => late?.session[Symbol.asyncDispose]())
  if (line) await closed
  else void closed.catch(() => {})
  return line?.records ?? { why }
}
