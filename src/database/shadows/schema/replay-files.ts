import type { RunnableMigration } from '../../../model/plan.js'
import type { Session } from '../../../model/session.js'
import { RESET_SESSION } from '../../../sql/session-reset.js'
import { replayFile, UNSENDABLE } from './replay-file.js'

/**
 * Runs files that were applied to the target once more, in their order, each as it was applied: in a transaction, or
 * statement by statement. Ends with the first that fails.
 *
 * @param settings SQL that sets the session up, sent before each file
 * @returns why the rest is not there, as a clause; undefined when all is
 */
export async function replayFiles(
  session: Session,
  files: readonly RunnableMigration[],
  settings: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (const migration of files) {
    const { name } = migration.file
    if (signal?.aborted) return 'the run was asked to end'
    const failure = await replayFile(session, migration, settings)
    if (failure?.code === UNSENDABLE)
      return `${name} was applied, and can not be run again: ${failure.message}`
    if (failure) return `${name} was applied to the target, and fails here: ${failure.message}`
  }
  await session.send(RESET_SESSION)
  return undefined
}
