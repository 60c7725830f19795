import type { Failure } from '../model/outcome.js'

/** What is recorded of a failure: its message, and where in PL/pgSQL it was. */
export function withContext({ message, context = [] }: Pick<Failure, 'message' | 'context'>): string {
  return context.length === 0 ? message : `${message} (${context.join('; ')})`
}
