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

/** What the parser's names of kinds mean for a lock. */
export const RELATION_KINDS: Readonly<Record<string, TakenLock['kind']>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'matview',
  OBJECT_SEQUENCE: 'sequence',
}
