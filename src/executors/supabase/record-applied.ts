import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Course } from '../sql/course.js'
import { recordOf, sendOwn } from '../sql/record.js'
import { ELSEWHERE, onSession } from './on-session.js'
import type { Supervision } from './supervision.js'

/** Records in our tables what the CLI's table shows as applied, with its event, in one transaction. Tells why it could not. */
export async function recordApplied(
  course: Course,
  { backdate }: Supervision,
  migration: RunnableMigration,
  durationMs: number,
): Promise<Failure | undefined | typeof ELSEWHERE> {
  const sent = await onSession(course, async (work) => {
    const { bookkeeping } = work
    const record = recordOf(work, migration)
    // The row of one that is not atomic may be there as begun, and is begun again.
    const statements = [
      bookkeeping.start(record),
      backdate(migration, durationMs),
      bookkeeping.complete(record),
    ]
    const reply = await sendOwn(work, migration, statements.join('\n'))
    return reply.state === 'lost' ? undefined : reply
  })
  if (sent === ELSEWHERE) return ELSEWHERE
  if (sent !== undefined && sent.error === undefined) return undefined
  return {
    // No lost connection to those who ask what became of the file: that is known.
    code: 'supabase-record',
    message: `the Supabase CLI has applied and recorded it, but our own record could not be written: ${sent?.error?.message ?? 'the connection was lost'}`,
    hint: 'Run again: the next run takes it over from supabase_migrations.schema_migrations.',
  }
}
