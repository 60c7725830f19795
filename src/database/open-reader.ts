import type { Session } from '../model/session.js'

/**
 * A session for what only reads, which sets nothing that outlives a message: not even how long it may be idle. Where role or
 * database let the server end it between two messages, or it was lost otherwise, what is asked next is asked once more on a
 * new one. Nothing of a session is needed again: through some poolers each message has another.
 *
 * @param open each time another one
 */
export async function openReader(open: () => Promise<Session>): Promise<Session> {
  let session = await open()
  let isIdle = true
  const renew = async () => {
    await session[Symbol.asyncDispose]()
    session = await open()
    return session
  }
  return {
    get processId() {
      return session.processId
    },
    send: async (sql, options) => {
      const canBeAnother = isIdle
      const first = await session.send(sql, options)
      const reply = first.state === 'lost' && canBeAnother ? await (await renew()).send(sql, options) : first
      isIdle = reply.state === 'I'
      return reply
    },
    giveUp: (reason) => session.giveUp(reason),
    cancel: () => session.cancel(),
    keeps: (backend) => session.keeps?.(backend),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
