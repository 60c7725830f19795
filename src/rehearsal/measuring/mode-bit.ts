import type { LockStrength } from '../../model/measured.js'

/** What stands for a mode in a probe: no two names in `pg_locks` are of one length. */
export function modeBit(mode: LockStrength): number {
  return 1 << `${mode}Lock`.length
}
