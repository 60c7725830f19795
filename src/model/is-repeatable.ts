/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
export function isRepeatable({ version }: { readonly version: string }): boolean {
  return version.startsWith('R__')
}
