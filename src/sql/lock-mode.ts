/** The lock modes of tables as LOCK TABLE names them, the weakest first. */
export const LOCK_MODES = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const

export type LockMode = (typeof LOCK_MODES)[number]

/** Nobody else can insert, update or delete while it is held; ACCESS EXCLUSIVE alone stops readers too. */
export function blocksWrites(mode: LockMode): boolean {
  return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('SHARE')
}

/** The stronger of two. */
export function stronger(one: LockMode, other: LockMode): LockMode {
  return LOCK_MODES.indexOf(one) < LOCK_MODES.indexOf(other) ? other : one
}
