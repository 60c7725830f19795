import { cutMessage } from '../model/cut-message.js'
import type { Failure } from '../model/outcome.js'

/** What is recorded of a failure: its message, and where in PL/pgSQL it was, for which a long message leaves room. */
export function withContext({ message, context = [] }: Pick<Failure, 'message' | 'context'>): string {
  const where = ` (${context.join('; ')})`
  return context.length === 0 ? message : `${cutMessage(message, LONGEST - where.length)}${where}`
}

/** Less than what is recorded: words of ours may come before. */
const LONGEST = 3_900
