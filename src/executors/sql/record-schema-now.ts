import type { Outcome } from '../../model/outcome.js'
import type { Course } from './course.js'
import { rollBack } from './record.js'

/**
 * Records what the schema is, in a message of its own, where the last message of migrations did not. Not where nothing
 * was changed: what other hands did would be taken for what the last run left. Nor where the run was asked to end.
 */
export async function recordSchemaNow({ work, outcomes, recorded }: Course): Promise<void> {
  const { recordSchema: sql, session, signal } = work
  if (!sql || recorded || signal.aborted || !outcomes.some(isChange)) return
  await rollBack(work, await session.send(sql))
}

/** In part, it is what an earlier run left as well. */
function isChange({ state }: Outcome): boolean {
  return state === 'applied' || state === 'partial'
}
