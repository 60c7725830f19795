import type { Target } from '../model/target.js'
import { CHECK_FAILED, raising } from '../sql/raise.js'
import { lockKey } from './lock-key.js'

/**
 * A branch of CASE that raises unless this session holds the run's lock. That was taken twice: it is given back once and
 * taken again, and was free at no time unless a file let go of it. What all sessions hold is not looked through.
 */
export function lockLost(target: Pick<Target, 'database' | 'tracking'>): string {
  const key = lockKey(target.database, target.tracking)
  return `WHEN NOT (pg_advisory_unlock(${key}) AND pg_try_advisory_lock(${key})) THEN ${LOCK_LOST}`
}

const LOCK_LOST = raising(
  CHECK_FAILED.lock,
  'the lock of this run is gone: the file released it (pg_advisory_unlock_all?)',
)
