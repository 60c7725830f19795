import type { Failure } from '../model/outcome.js'

/**
 * Whether a RAISE of the migration itself said it. Its SQLSTATE is the author's choice then, and tells nothing of the
 * server. The name of the statement is RAISE in every language.
 */
export function isRaised({ context = [] }: Pick<Failure, 'context'>): boolean {
  return / RAISE$/.test(context[0] ?? '')
}
