/** The version in what `supabase --version` prints: the number alone, or with a `v` or a word before it. */
export function readVersion(printed: string): string | undefined {
  return /(?:^|\s)v?(\d+\.\d+\.\d+(?:-[\w.]+)?)\s*$/m.exec(printed)?.[1]
}
