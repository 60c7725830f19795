import type { Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { beginReading } from '../sql/begin-reading.js'
import type { Door } from './open-session.js'
import { within } from './within.js'

/** How long one question of the probe may take, in milliseconds. */
const PATIENCE_MS = 3_000

/** How often the two connections are compared. */
const ROUNDS = 3

/**
 * Whether a connection's statements may go to server processes that others use in between: a pool in transaction or
 * statement mode, where a session's lock and settings are left behind on a stranger's. Told by what happens, with a
 * second connection, and only where the connection was told another process than it has. Sends nothing but questions.
 *
 * @param backend what `pg_backend_pid()` said on the session
 * @param patienceMs how long one question may take
 * @returns what was seen of it, as a clause; undefined for a process of the session's own
 */
export async function detectPooler(
  session: Session,
  backend: number,
  door: Door,
  patienceMs = PATIENCE_MS,
): Promise<string | undefined> {
  if (backend === session.processId) return undefined
  let other: Session
  try {
    other = await door.open(() => {})
  } catch (error) {
    if (error instanceof UserError) return unsure(error.problems[0]?.message ?? '')
    throw error
  }
  try {
    return await compare(makeAsker(session, patienceMs), makeAsker(other, patienceMs), backend)
  } finally {
    await other[Symbol.asyncDispose]()
  }
}

/**
 * In session mode the first connection keeps its process and the second never has it. The first is asked twice a round,
 * so that a pool that hands out its processes in turn does not give each the same one again.
 */
async function compare(first: Asker, second: Asker, backend: number): Promise<string | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    // In a transaction the second holds a process, and the first needs another: not where it has its own.
    const held = round > 0
    const theirs = await second.ask(held ? beginReading() : '')
    if (theirs === backend) return `two open connections had the same server process, ${backend}`
    if (theirs === 'refused') return 'it refused a transaction to a second connection'
    const ours = await first.ask()
    if (ours !== backend) return changed(backend, ours)
    // The second stands in line for a process, and the first, which came later, was served: it has its own.
    if (second.waits()) return undefined
    if (held) await second.ask('COMMIT;')
    const again = await first.ask()
    if (again !== backend) return changed(backend, again)
  }
  return undefined
}

type Answer = number | 'late' | 'refused'

interface Asker {
  /** @param before SQL that goes before the question, in the same message */
  ask(before?: string): Promise<Answer>
  /** Whether the last question is unanswered. */
  waits(): boolean
}

/** Asks for the process; nothing while the question before is unanswered. */
function makeAsker(session: Session, patienceMs: number): Asker {
  let answer: Answer = 'refused'
  const send = async (before: string) => {
    answer = 'late'
    const reply = await session.send(`${before}SELECT pg_catalog.pg_backend_pid();`)
    answer = reply.error ? 'refused' : Number(reply.results.at(-1)?.rows[0]?.[0])
  }
  return {
    ask: async (before = '') => {
      if (answer !== 'late') await within(patienceMs, send(before))
      return answer
    },
    waits: () => answer === 'late',
  }
}

function changed(backend: number, now: Answer): string {
  if (typeof now === 'number')
    return `one connection had the server process ${backend}, and a moment later ${now}`
  return unsure(now === 'late' ? 'a question was not answered in time' : 'a question was refused')
}

function unsure(why: string): string {
  return `whether a connection keeps its server process could not be found out: ${why.replace(/\.$/, '')}`
}
