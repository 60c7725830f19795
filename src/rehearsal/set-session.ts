import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import { replaySettings } from '../sql/replay-settings.js'
import type { Course } from './course.js'
import { passBy } from './pass-by.js'
import { failed, loseConnection } from './when-it-fails.js'

/**
 * Sets the session as an earlier run left it in a file that is carried on, by what the run itself will set it by.
 *
 * @returns undefined where the file may follow, else whether there is a way on for other files
 */
export async function setSession(course: Course, migration: RunnableMigration): Promise<boolean | undefined> {
  const sql = settingsOf(course, migration)
  if (sql === '') return undefined
  const passed = await passBy(course, sql, { keepRows: true })
  const { error, state } = passed.reply
  if (state === 'lost') return loseConnection(course, passed.reply, [])
  if (!error) return undefined
  const { code, message, hint } = error
  const failure = { code, message, ...(hint === undefined ? {} : { hint }) }
  return failed(course, migration, failure, passed, false)
}

function settingsOf({ rehearsal, left }: Course, migration: RunnableMigration): string {
  const { reached } = migration
  if (!reached) return ''
  const { unsettled, ...settled } = reached
  // Whether the file's text says the same as the journal shows on the target only; where it does not, nothing goes on there.
  const journal = unsettled && rehearsal.place === 'target' ? reached : settled
  return replaySettings(withoutSetting(migration, left.get(migration) ?? []), journal)
}

/** What is left out of the rehearsal is not set again either. */
function withoutSetting(
  migration: RunnableMigration,
  leftOut: readonly { readonly statement: RunnableStatement }[],
): RunnableMigration {
  const out = new Set(leftOut.map(({ statement }) => statement))
  const statements = (migration.statements ?? []).map((statement) => {
    const { sets: _, ...kept } = statement
    return out.has(statement) ? kept : statement
  })
  return { ...migration, statements }
}
