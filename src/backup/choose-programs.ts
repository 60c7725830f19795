/** A program of PostgreSQL on this machine. */
export interface FoundProgram {
  readonly path: string
  readonly bin: string
  readonly major: number
}

/** The programs of one major: what one of them writes, the others read. */
export interface BackupPrograms {
  readonly major: number
  readonly dump: string
  readonly restore: string
  readonly psql: string
}

/**
 * The programs of the server's own major. An older `pg_dump` refuses; a newer one writes what the server's own `pg_restore`
 * does not read, and sets what the server does not know.
 *
 * @param found every `pg_dump` that has `pg_restore` and `psql` in its folder
 */
export function choosePrograms(
  found: readonly FoundProgram[],
  major: number,
): BackupPrograms | { readonly why: string } {
  const right = found.find((one) => one.major === major)
  if (right) {
    const { bin } = right
    return { major, dump: right.path, restore: `${bin}/pg_restore`, psql: `${bin}/psql` }
  }
  const others = [...new Set(found.map((one) => one.major))].sort((a, b) => a - b)
  const there = others.length > 0 ? `, only of ${others.join(', ')}` : ''
  return { why: `there is no pg_dump of major ${major} with pg_restore and psql on this machine${there}` }
}

/**
 * The programs that restore a backup: what a major wrote, it and newer ones read; and none newer than the server, which would
 * not know what they set. The newest of them.
 *
 * @param found every `pg_restore` that has `psql` in its folder
 */
export function chooseRestorer(
  found: readonly FoundProgram[],
  wroteMajor: number,
  serverMajor: number,
): BackupPrograms | { readonly why: string } {
  const able = found.filter(({ major }) => major >= wroteMajor && major <= Math.max(serverMajor, wroteMajor))
  const newest = able.toSorted((a, b) => b.major - a.major)[0]
  if (newest === undefined)
    return {
      why: `there is no pg_restore of major ${wroteMajor === serverMajor ? wroteMajor : `${wroteMajor} to ${serverMajor}`} with psql on this machine`,
    }
  const { bin, major, path } = newest
  return { major, dump: `${bin}/pg_dump`, restore: path, psql: `${bin}/psql` }
}
