import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { digestStatement, renderJournal } from '../../sql/journal-text.js'
import type { Work } from '../executor.js'
import { freshOf } from '../sql/judge.js'
import { failureOf } from '../sql/keep-journal.js'
import { lookUp } from '../sql/look-up.js'
import { tellLeft } from '../sql/tell-left.js'

/** What the catalog holds of what the first statement of a file works on, before the file is pushed; or why it can't be told. */
export type Before = { readonly found: readonly string[] } | { readonly failure: Failure } | undefined

/** Only of a statement that can leave something where it fails. */
export async function lookBefore(work: Pick<Work, 'session'>, migration: RunnableMigration): Promise<Before> {
  const trace = migration.statements?.[0]?.trace
  if (!trace || trace.kind === 'repeatable') return undefined
  const { found, reply } = await lookUp(work, trace)
  const failure = reply && failureOf(reply)
  return failure ? { failure } : { found }
}

/**
 * The journal of a file whose first statement failed and left something: so the next run takes that away, whatever becomes
 * of the file until then. How far a file came the CLI does not tell, so of one that is done in part there is none.
 */
export async function journalFailed(
  work: Pick<Work, 'session'>,
  migration: RunnableMigration,
  before: Before,
): Promise<string | undefined> {
  const [first] = migration.statements ?? []
  const { trace } = first ?? {}
  if (!first || !trace || !before || 'failure' in before) return undefined
  const { found, reply } = await lookUp(work, trace, before.found)
  if (!reply || reply.error) return undefined
  const isLeft = tellLeft({ code: '', message: '' }, { trace, before: before.found, now: found }).left
  const started = {
    digest: digestStatement(migration, first),
    state: 'failed',
    before: before.found,
    trace,
    left: freshOf(before.found, found),
  } as const
  return isLeft ? renderJournal({ done: 0, digest: '', started }) : undefined
}
