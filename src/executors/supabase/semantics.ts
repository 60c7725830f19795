/**
 * How a Supabase CLI sends a file, which decides what may stand in one. Measured with each release on PostgreSQL 15 and 18;
 * `npm run supabase` measures it again.
 *
 * - `pipeline` (up to 2.109): file and row in one implicit transaction; a statement that runs in none only as the first
 * - `block` (2.110 to 2.114): between BEGIN and COMMIT; CREATE INDEX CONCURRENTLY, VACUUM … sent outside of it, but not DROP
 *   INDEX CONCURRENTLY
 * - `split` (2.115 on): as `pipeline`, with what runs in no transaction sent between two of them
 *
 * In none but `block` is it a transaction block: LOCK TABLE and DECLARE fail there.
 */
export type Semantics = 'pipeline' | 'block' | 'split'

export function semanticsOf(version: string): Semantics {
  if (isBefore(version, '2.110.0')) return 'pipeline'
  return isBefore(version, '2.115.0') ? 'block' : 'split'
}

/** By numbers; what follows a `-` (a beta) counts as its release. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)]
  const at = left.findIndex((number, index) => number !== right[index])
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0)
}

function numbersOf(version: string): number[] {
  const { major, minor, patch } = /^v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)/.exec(version)?.groups ?? {}
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)]
}
