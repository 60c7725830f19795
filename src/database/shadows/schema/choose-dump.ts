import type { InstalledProgram } from '../../embedded/find-installations.js'

/**
 * The `pg_dump` whose dump a shadow reads best: it must not be older than the target, and writes what its own major
 * reads, so of those not newer than the shadow the newest, else the oldest. Undefined where all are too old.
 */
export function chooseDump(
  programs: readonly InstalledProgram[],
  targetMajor: number,
  shadowMajor: number,
): InstalledProgram | undefined {
  const able = programs.filter(({ major }) => major >= targetMajor).toSorted((a, b) => a.major - b.major)
  return able.findLast(({ major }) => major <= shadowMajor) ?? able[0]
}
