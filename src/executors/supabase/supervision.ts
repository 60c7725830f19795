import type { Redact } from '../../model/config.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Session } from '../../model/session.js'
import type { SupabaseRow } from '../../model/supabase.js'
import type { CliTarget } from './push-command.js'
import type { SupabaseCli } from './supabase-cli.js'

/** What the supervised CLI is started with, and what its work is judged by. */
export interface Supervision {
  readonly cli: SupabaseCli
  /** `options` without those of ours. */
  readonly target: CliTarget
  /** All of it; holds the password. */
  readonly environment: NodeJS.ProcessEnv
  /** What it connects as, where it lets itself be told. */
  readonly applicationName: string
  /** Absolute, private, and emptied for each push. */
  readonly folder: string
  /** The settings that its connection is to have, in milliseconds, as libpq's `options`. Absent: a pooler takes none. */
  readonly optionsFor?: (limits: { readonly lockMs: number; readonly statementMs: number }) => string
  /** Undefined where the table can not be read. */
  readonly readRows: (session: Session) => Promise<readonly SupabaseRow[] | undefined>
  /** SQL that has the row of a migration, `running` in this transaction, begin so many milliseconds earlier. */
  readonly backdate: (migration: RunnableMigration, milliseconds: number) => string
  readonly redact: Redact
}
