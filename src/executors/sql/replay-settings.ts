import type { RunnableMigration } from '../../model/plan.js'

/**
 * SQL that sets what the first statements of a file set in their session, which is gone: only the last value of each
 * setting, because the first may name what is gone too.
 */
export function replaySettings({ text, statements = [] }: RunnableMigration, done: number): string {
  const last = new Map<string, string>()
  for (const [index, { sets, span }] of statements.slice(0, done).entries()) {
    if (sets === undefined) continue
    const key = sets || `${index}`
    // A setting made again comes last: `role` follows `session_authorization`.
    last.delete(key)
    last.set(key, text.slice(span.start, span.end))
  }
  return [...last.values()].map((sql) => `${sql}\n;`).join('\n')
}
