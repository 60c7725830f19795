/**
 * The journal of a rollback, in the row of the migration that it undoes: one that nobody can take for the migration's own,
 * so that a later `migrate` does not go on with it.
 */
export function wrapDown(journal: string): string {
  return `{"down":${journal}}`
}

/** The journal inside; undefined for one that is no rollback's. */
export function unwrapDown(journal: string | null): string | undefined {
  return journal === null ? undefined : /^\{"down":(.*)\}$/s.exec(journal)?.[1]
}
