import type { RangeVar } from '@pgsql/types'
import type { LockMode } from './lock-mode.js'

/** A lock that a statement takes on a relation that is there before it. */
export interface TakenLock {
  readonly relation: Pick<RangeVar, 'schemaname' | 'relname'>
  readonly kind: 'table' | 'index' | 'view' | 'matview' | 'sequence'
  readonly mode: LockMode
  /** IF EXISTS or OR REPLACE: there may be nothing to lock. */
  readonly onlyIfThere?: true
}
