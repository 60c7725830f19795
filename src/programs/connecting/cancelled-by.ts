import type { Session } from '../../model/session.js'

/** A session whose running statement is cancelled when the run is asked to end, and what is sent of a migration afterwards. */
export function cancelledBy(signal: AbortSignal, session: Session): Session {
  const cancel = () => void session.cancel()
  if (!signal.aborted) signal.addEventListener('abort', cancel, { once: true })
  return {
    ...session,
    send: (sql, options) => {
      const reply = session.send(sql, options)
      if (signal.aborted && options?.keepRows === false) cancel()
      return reply
    },
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', cancel)
      await session[Symbol.asyncDispose]()
    },
  }
}
