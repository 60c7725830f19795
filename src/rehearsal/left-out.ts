import type { RunnableMigration } from '../model/plan.js'

/** Why nothing of a migration can be rehearsed; undefined where something can. */
export function whyNot(migration: RunnableMigration): string | undefined {
  const { statements, pieces = [], unreadable } = migration
  if (!statements) {
    const readable = pieces.length > 0 && pieces.every((piece) => !piece.unread)
    return readable ? undefined : `it could not be analysed: ${unreadable}`
  }
  if (statements.length === 0 || statements.some(({ outside, done }) => !outside && !done)) return undefined
  const left = leftOutOf(migration)
  return left.length > 0 ? `${listOnce(left)} can not run in a transaction` : 'all of it is done already'
}

/** What is left out of a migration's rehearsal, in words. */
export function leftOutOf({ statements = [] }: RunnableMigration): string[] {
  return statements.flatMap(({ outside, done }) => (done ? [] : (outside ?? [])))
}

/** `VACUUM, CREATE INDEX CONCURRENTLY` */
export function listOnce(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}
