import { LOCK_STRENGTHS, type LockStrength } from '../model/measured.js'

/** What others can't do to a relation while it is locked so, from PostgreSQL's table of conflicting lock modes. */
export const BLOCKED: Readonly<Record<LockStrength, string>> = {
  AccessExclusive: 'reads and writes',
  Exclusive: 'writes and SELECT FOR UPDATE',
  ShareRowExclusive: 'writes',
  Share: 'writes',
  ShareUpdateExclusive: 'schema changes and VACUUM',
  RowExclusive: 'schema changes and index builds',
  RowShare: 'dropping and most altering',
  AccessShare: 'dropping and most altering',
}

/** As SQL and PostgreSQL's documentation spell it: `ACCESS EXCLUSIVE`. */
export function lockName(mode: LockStrength): string {
  return mode.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase()
}

/** Whether it keeps out who reads or writes rows: such a lock makes an application wait. */
export function isStrong(mode: LockStrength): boolean {
  return strengthOf(mode) >= strengthOf('Share')
}

/** From 0, the weakest. */
export function strengthOf(mode: LockStrength): number {
  return LOCK_STRENGTHS.indexOf(mode)
}
