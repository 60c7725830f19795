import type { Constraint } from '@pgsql/types'

/** Not NOT ENFORCED, which at a column is a node of its own behind the constraint it belongs to. */
export function isEnforced(constraint: Constraint, ofColumn: readonly Constraint[]): boolean {
  if (constraint.is_enforced !== true) return false
  for (const { contype = '' } of ofColumn.slice(ofColumn.indexOf(constraint) + 1)) {
    if (!contype.startsWith('CONSTR_ATTR')) return true
    if (contype === 'CONSTR_ATTR_NOT_ENFORCED') return false
  }
  return true
}
