import type { Reply, Session } from '../../../model/session.js'

/** A statement that a server refused. */
export interface Refused {
  readonly sql: string
  readonly code: string
  readonly message: string
}

/** Statements of a message. They share a transaction, which keeps the locks of all of them. */
const MOST = 400

/** Characters of a message. */
const LONGEST = 1024 * 1024

/**
 * Runs statements in order, many in one message; those that the server refuses are left out, the rest is done. Each ends
 * in a semicolon, or not; none is transaction control.
 *
 * @throws Error when the connection is lost
 */
export async function loadStatements(session: Session, statements: readonly string[]): Promise<Refused[]> {
  const refused: Refused[] = []
  let most = MOST
  for (let next = 0; next < statements.length; ) {
    const chunk = chunkOf(statements, next, most)
    const reply = await session.send(chunk.map((sql) => `${sql}\n;`).join('\n'), { keepRows: false })
    if (reply.state === 'lost') throw new Error(`the shadow was lost: ${reply.error?.message ?? ''}`)
    if (!reply.error) {
      next += chunk.length
      most = Math.min(MOST, most * 2)
      continue
    }
    const culprit = culpritOf(reply, chunk.length)
    if (culprit === 0) refused.push({ sql: chunk[0] ?? '', ...said(reply) })
    // All of the message was undone: what stands before the culprit is sent once more, without it.
    if (culprit === 0) next += 1
    else most = culprit ?? Math.ceil(chunk.length / 2)
  }
  return refused
}

function chunkOf(statements: readonly string[], from: number, most: number): readonly string[] {
  let length = 0
  let end = from
  while (end < statements.length && end - from < most && (end === from || length < LONGEST))
    length += statements[end++]?.length ?? 0
  return statements.slice(from, end)
}

/** Which it was. Undefined where the message as a whole was refused: its text, or the room for its locks. */
function culpritOf({ completed, error }: Reply, count: number): number | undefined {
  const whole = error?.code === '53200' || (completed === 0 && error?.code === '42601')
  return whole && count > 1 ? undefined : completed
}

function said({ error }: Reply): Pick<Refused, 'code' | 'message'> {
  return { code: error?.code ?? '', message: error?.message ?? '' }
}
