import type { CreateDomainStmt } from '@pgsql/types'
import { constraintsIn } from '../../sql/defined-constraints.js'

/** Whether a domain says what its values may be: then the server has to look at each. */
export function isChecked(domain: CreateDomainStmt | undefined): boolean {
  return constraintsIn(domain?.constraints).some(
    ({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL',
  )
}
