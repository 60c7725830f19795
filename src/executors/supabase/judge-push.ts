import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { SupabaseRow } from '../../model/supabase.js'
import { versionKey } from '../../model/version.js'
import { lex } from '../../sql/lex.js'
import { matchStatements } from '../../sql/match-statements.js'
import type { Work } from '../executor.js'
import { findInvalid } from './find-invalid.js'
import type { GivenUp } from './give-up.js'
import type { Pushed } from './push.js'

/** What a push did to one file. `again`: it left nothing, and only waited too long or lost its connection. */
export type PushVerdict = { readonly state: 'applied' } | (GivenUp & { readonly again?: boolean })

/** What is known after a push. */
export interface PushFacts {
  /** The CLI's table; undefined where it can not be read any more. */
  readonly rows: readonly SupabaseRow[] | undefined
  readonly pushed: Pushed
  /** The CLI said that it begins with the file. */
  readonly isAnnounced: boolean
}

export function rowOf(rows: readonly SupabaseRow[], { file }: RunnableMigration): SupabaseRow | undefined {
  return rows.find(({ version }) => versionKey(version) === versionKey(file.version))
}

/** Decides by the CLI's table what became of a file; by what the CLI said only why. */
export async function judgePush(
  work: Pick<Work, 'session'>,
  migration: RunnableMigration,
  { rows, pushed, isAnnounced }: PushFacts,
): Promise<PushVerdict> {
  if (rows === undefined)
    return { state: 'unknown', failure: unknown(pushed, 'its table could not be read afterwards') }
  const row = rowOf(rows, migration)
  if (row) return judgeRow(work, migration, row)
  const { failure, backends } = pushed
  if (backends === 'alive')
    return { state: 'unknown', failure: unknown(pushed, 'the server still works on it') }
  if (failure === undefined) return { state: 'unknown', failure: NOT_RECORDED }
  const isCut = failure.code === 'supabase-ended' || failure.code === 'connection-lost'
  const isDecided = backends === 'gone' && isAtomic(migration) && !hasOwnCommit(migration)
  if (isAnnounced && isCut && !isDecided)
    return { state: 'unknown', failure: unknown(pushed, 'it was cut off in the middle of it') }
  if (!isAnnounced || isAtomic(migration)) return { state: 'failed', failure, again: true }
  return judgeHalf(work, migration, failure)
}

const NOT_RECORDED: Failure = {
  code: 'supabase-not-recorded',
  message:
    'the Supabase CLI ended with exit code 0, but supabase_migrations.schema_migrations does not have it: a part of it may be done',
  hint: 'Look at what the file did. A COMMIT or ROLLBACK inside a file ends the transaction that was to record it.',
}

async function judgeRow(
  work: Pick<Work, 'session'>,
  migration: RunnableMigration,
  { statements }: SupabaseRow,
): Promise<PushVerdict> {
  if (statements !== null && !matchStatements(statements, migration.file.text))
    return {
      state: 'unknown',
      failure: {
        code: 'supabase-other-text',
        message:
          'supabase_migrations.schema_migrations has this version with other statements than the file: somebody else pushed another file meanwhile',
      },
    }
  const { name: invalid, failure }: Awaited<ReturnType<typeof findInvalid>> =
    migration.mode === 'transaction' ? {} : await findInvalid(work, migration)
  if (failure) return { state: 'unknown', failure: unlooked(failure) }
  if (invalid === undefined) return { state: 'applied' }
  return {
    state: 'partial',
    failure: {
      code: 'supabase-invalid-index',
      message: `the Supabase CLI recorded it as applied, but its index ${invalid} is INVALID`,
      hint: `Run REINDEX INDEX CONCURRENTLY ${invalid}; then devflow db repair.`,
    },
  }
}

function unlooked({ code, message }: Failure): Failure {
  return {
    code,
    message: `the Supabase CLI recorded it as applied, but whether its indexes are valid could not be read: ${message}`,
  }
}

/** Of a file that is not atomic everything before the failing statement stays. */
async function judgeHalf(
  work: Pick<Work, 'session'>,
  migration: RunnableMigration,
  failure: Failure,
): Promise<GivenUp> {
  const { name: invalid } = await findInvalid(work, migration)
  const state = failure.statement === 1 ? 'failed' : 'partial'
  if (invalid === undefined) return { state, failure }
  const hint =
    state === 'failed'
      ? `Mend what made the build fail, then run again: the next run begins with DROP INDEX CONCURRENTLY ${invalid}.`
      : `Run DROP INDEX CONCURRENTLY ${invalid}; before it is tried again.`
  return {
    state,
    failure: { ...failure, message: `${failure.message}; it left the INVALID index ${invalid}`, hint },
  }
}

/** Nothing of it stays where it fails. What a directive asks for is nothing to the CLI: it goes by the statements. */
function isAtomic({ mode, statements }: RunnableMigration): boolean {
  if (statements === undefined) return mode === 'transaction'
  return statements.every(
    ({ outside, control, commits }) => outside === undefined && control === undefined && !commits,
  )
}

/** It commits by itself, and is recorded only afterwards. */
function hasOwnCommit({ file, text }: RunnableMigration): boolean {
  if (text === file.text) return false
  for (const { kind, start, end } of lex(file.text))
    if (kind === 'word') return /^(?:begin|start)$/i.test(file.text.slice(start, end))
  return false
}

/** Of another code than a lost connection: by that, others would take it for rolled back. */
function unknown({ failure }: Pushed, why: string): Failure {
  const so = `what became of it is not known: ${why}`
  if (failure === undefined) return { code: 'supabase-history', message: so }
  const code = failure.code === 'connection-lost' ? 'supabase-ended' : failure.code
  return { ...failure, code, message: `${failure.message}; ${so}` }
}
