import { setImmediate as afterWhatCame, setTimeout as sleep } from 'node:timers/promises'
import type { Reply, Session } from '../model/session.js'
import { beginReading } from '../sql/begin-reading.js'

/** A session that the checks share, opened when it is first needed and anew when it is lost. */
export interface Reading extends AsyncDisposable {
  read(sql: string, timeoutMs: number): Promise<Reply>
}

/** Each query runs alone in a transaction that only reads and is rolled back. */
export function openReading(open: () => Promise<Session>): Reading {
  let opened: Promise<Session> | undefined
  const close = async () => {
    const session = opened
    opened = undefined
    await (await session?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }
  return {
    read: async (sql, timeoutMs) => {
      opened ??= open()
      const session = await opened.catch((error: unknown) => {
        opened = undefined
        throw error
      })
      const reply = await inTime(session.send(messageOf(sql, Math.ceil(timeoutMs))), timeoutMs)
      if (reply.state === 'lost') void close()
      else if (reply.state !== 'I') await session.send('ROLLBACK;')
      return reply
    },
    [Symbol.asyncDispose]: close,
  }
}

function messageOf(sql: string, timeoutMs: number): string {
  return `${beginReading()}
SET LOCAL statement_timeout = ${timeoutMs};
SET LOCAL lock_timeout = ${timeoutMs};
${sql}
;
ROLLBACK;`
}

/** What the server says of its own time comes first; over a network that has gone silent it says nothing. */
const LATE_MS = 1_000

async function inTime(sent: Promise<Reply>, timeoutMs: number): Promise<Reply> {
  const answered = new AbortController()
  const { signal } = answered
  // Where this process could not run meanwhile, the answer may be here already and is read first.
  const late = sleep(timeoutMs + LATE_MS, SILENT, { signal, ref: false }).then(afterWhatCame)
  late.catch(() => {})
  const reply = await Promise.race([sent, late])
  answered.abort()
  return reply
}

const SILENT: Reply = {
  results: [],
  completed: 0,
  error: { code: 'connection-lost', message: 'the server did not answer in time', fatal: true },
  state: 'lost',
}
