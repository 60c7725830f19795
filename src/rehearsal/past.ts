import type { RunnableMigration } from '../model/plan.js'

/** What the rehearsal so far has not done, and a later file may miss. */
export interface Past {
  /** Migrations with statements that were left out: the rest of them ran. */
  readonly leftOut: RunnableMigration[]
  /** Those of them with statements that were left out because no rollback undoes what they do: rows may be missing. */
  readonly escaped: RunnableMigration[]
  /** Migrations of which nothing ran: whatever they would have done is missing. */
  readonly notRun: RunnableMigration[]
}
