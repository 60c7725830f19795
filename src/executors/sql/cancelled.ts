import type { Failure } from '../../model/outcome.js'
import type { Work } from '../executor.js'

/** SQLSTATE of what was asked to end. */
export const CANCELLED = '57014'

/** Why nothing more is sent of a file outside a transaction, where the run was asked to end. */
export function cancelledBetween({ signal }: Pick<Work, 'signal'>): Failure | undefined {
  if (!signal.aborted) return undefined
  return { code: CANCELLED, message: `the run was ended by ${String(signal.reason)} between two statements` }
}
