import type { Operation } from '../../model/operation.js'
import type { Way } from '../way.js'

/**
 * Asks a person, where one is there, whether what was planned is to be done. `gathered.operation` holds it.
 *
 * @returns whether it is done now: not in a dry run, not where something was refused, not where there is nothing to do
 */
export async function confirmOperation({ config, gathered, system }: Way): Promise<boolean> {
  const operation = gathered.operation as Operation
  if ((gathered.refusals ?? []).length > 0 || !config.changes || operation.steps.length === 0) return false
  if (system.confirmOperation === undefined || (await system.confirmOperation(operation, config))) return true
  gathered.cancelled = true
  return false
}
