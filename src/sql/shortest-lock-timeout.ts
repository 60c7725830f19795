/**
 * The shortest `lock_timeout` of several, in milliseconds; 0: there is none.
 *
 * @param limits 0 and undefined: none
 */
export function shortestLockTimeout(limits: readonly (number | undefined)[]): number {
  const set = limits.flatMap((ms) => (ms ? [ms] : []))
  return set.reduce((shortest, ms) => Math.min(shortest, ms), set[0] ?? 0)
}
