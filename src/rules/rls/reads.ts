import type { Known } from '../known/known.js'

/**
 * Qualified names of the relations that a query reads, through views of which the query is known. A view with
 * `security_invoker` is an end, as a table is: it reads with the rights of who asks.
 */
export function relationsReached(known: Known, reads: readonly string[]): string[] {
  const reached = new Set<string>()
  const left = [...reads]
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const relation = known.relations.get(name)
    if (relation?.kind === 'view' && !relation.securityInvoker) left.push(...relation.reads)
  }
  return [...reached]
}
