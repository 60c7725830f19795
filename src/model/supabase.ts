/** One row of the Supabase CLI's table: a version that is applied. */
export interface SupabaseRow {
  /** The digits that the file's name begins with, as text. */
  readonly version: string
  /** What follows in the file's name, without `.sql`. Null in tables of old CLIs, and where a person wrote the row. */
  readonly name: string | null
  /** The file's text, cut at its top-level semicolons. Null where it was never recorded: nothing can be compared then. */
  readonly statements: readonly string[] | null
}

/**
 * Version and name as the Supabase CLI takes them from a file's name. Undefined for names that it skips with a notice:
 * a file called so is never applied by it.
 */
export function supabaseNameOf(fileName: string): { version: string; name: string } | undefined {
  const { version, name } = /^(?<version>[0-9]+)_(?<name>.*)\.sql$/s.exec(fileName)?.groups ?? {}
  return version === undefined || name === undefined ? undefined : { version, name }
}
