import { createHash } from 'node:crypto'
import type { Tracking } from '../model/target.js'

/**
 * The advisory lock's 64-bit key: the first eight bytes, big-endian and signed, of the SHA-256 of
 * `devflow-migrate lock`, the database and `schema.table`, each followed by a line feed. Never changes: two
 * versions of this tool must exclude each other.
 */
export function lockKey(database: string, tracking: Pick<Tracking, 'schema' | 'table'>): bigint {
  const text = `devflow-migrate lock\n${database}\n${tracking.schema}.${tracking.table}\n`
  return createHash('sha256').update(text).digest().readBigInt64BE(0)
}

/** The key as `pg_locks` shows it: `classid` and `objid`, with `objsubid` 1. */
export function lockKeyParts(key: bigint): { classId: string; objectId: string } {
  const unsigned = BigInt.asUintN(64, key)
  return { classId: String(unsigned >> 32n), objectId: String(unsigned & 0xffffffffn) }
}
