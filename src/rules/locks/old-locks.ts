import { blocksWrites } from '../../sql/lock-mode.js'
import { lockOf } from '../../sql/lock-of.js'
import type { TakenLock } from '../../sql/taken-lock.js'
import type { Known } from '../known/known.js'
import type { Seen } from '../rule.js'
import { isNewIndex } from './known-index.js'

/** The locks that stop others from writing, or reading, which a statement takes on what was there before the judged files. */
export function oldLocks(statement: Seen, known: Known): TakenLock[] {
  return lockOf(statement).filter((lock) => blocksWrites(lock.mode) && isOld(lock, known))
}

function isOld({ relation, kind, onlyIfThere }: TakenLock, known: Known): boolean {
  const { schemaname, relname = '' } = relation
  const parts = schemaname === undefined ? [relname] : [schemaname, relname]
  if (schemaname === 'pg_temp') return false
  if (kind === 'index') return !isNewIndex(known, parts)
  // Nobody knows whether it is there; the usual case is a file that begins by clearing away what is not.
  return onlyIfThere && !known.named(parts) ? false : !known.isNew(parts)
}
