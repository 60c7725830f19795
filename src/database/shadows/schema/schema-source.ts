import type { RunnableMigration } from '../../../model/plan.js'
import type { Session } from '../../../model/session.js'
import type { Target } from '../../../model/target.js'
import type { Access } from '../../open-session.js'
import type { Refused } from './load-statements.js'

/** Where the schema of a shadow comes from. */
export interface SchemaSource {
  readonly target: Target
  /** Of the target. Secret. */
  readonly url: string
  readonly access: Access
  /** On the target, idle. It is read, and nothing is set on it. */
  readonly session: Session
  /**
   * The files that history has as completed, in their order and ready to be sent; or why they are not to be had. Asked
   * only where the schema can't be dumped.
   */
  readonly applied: () => Promise<readonly RunnableMigration[] | { readonly why: string }>
  /** What `applied` has is wanted, and nothing else of the target: it is never dumped. */
  readonly onlyApplied?: true
  /**
   * Stand-ins for Supabase's own schemas, for files that are replayed: where the target has those, or whatever it has.
   * Absent: none.
   */
  readonly prelude?: 'as-target' | 'always'
  /** SQL that sets a session up for a migration. */
  readonly settings: string
  /** In place of this process's `PATH`, where `pg_dump` is looked for too. */
  readonly path?: string
  readonly signal?: AbortSignal
}

/** The schema as it came, before anything is told of it. */
export type Filled =
  | { readonly from: string; readonly refused: readonly Refused[]; readonly limits: readonly string[] }
  | { readonly why: string }
