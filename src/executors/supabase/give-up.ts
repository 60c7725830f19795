import type { Failure, OutcomeState } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { type Course, enter, triesOf } from '../sql/course.js'
import { recordFailure } from '../sql/record.js'

/** What became of a file that is not applied. */
export interface GivenUp {
  readonly state: Exclude<OutcomeState, 'applied' | 'not-run'>
  readonly failure: Failure
  /** Of what its statement left: see `journal-failed.ts`. */
  readonly journal?: string | undefined
}

/** Records it in our tables and enters it; the CLI's table knows of no failures. @returns false: nothing follows */
export async function giveUp(
  course: Course,
  migration: RunnableMigration,
  { state, failure, journal }: GivenUp,
): Promise<false> {
  const { work } = course
  const spentMs = Date.now() - triesOf(course, migration).begunAt
  const told = await recordFailure(work, migration, cancelled(failure, work.signal), {
    status: state,
    executionTimeMs: spentMs,
    statementsDone: journal === undefined ? null : 0,
    ...(journal === undefined ? {} : { journal }),
  })
  enter(course, work.migrations.indexOf(migration), { state, failure: told, durationMs: spentMs })
  return false
}

function cancelled(failure: Failure, signal: AbortSignal): Failure {
  if (!signal.aborted || failure.code !== 'supabase-ended') return failure
  // As the server calls a statement that was asked to end, so that the history does too.
  return { ...failure, code: '57014', message: `cancelled by ${String(signal.reason)}: ${failure.message}` }
}
