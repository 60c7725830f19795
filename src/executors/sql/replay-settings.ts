import type { RunnableMigration } from '../../model/plan.js'
import { fillIn } from '../../sql/fill-in.js'

/**
 * SQL that sets what the first statements of a file set in their session, which is gone: only the last value of each
 * setting, because the first may name what is gone too.
 */
export function replaySettings(migration: RunnableMigration, done: number): string {
  const { text, statements = [] } = migration
  const last = new Map<string, string>()
  for (const [index, { sets, span }] of statements.slice(0, done).entries()) {
    if (sets === undefined) continue
    const key = sets || `${index}`
    // A setting made again comes last: `role` follows `session_authorization`.
    last.delete(key)
    last.set(key, fillIn(text.slice(span.start, span.end), span.start, migration).sql)
  }
  return [...last.values()].map((sql) => `${sql}\n;`).join('\n')
}
