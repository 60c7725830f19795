import { LOCK_STRENGTHS, type LockStrength } from '../../model/measured.js'
import { LOCK_MODES } from '../../sql/lock-mode.js'
import { lockOf } from '../../sql/lock-of.js'
import type { Statement } from '../../sql/open-parser.js'
import type { TakenLock } from '../../sql/taken-lock.js'
import type { Known, KnownRelation } from './known.js'

export interface KnownLock {
  readonly relation: KnownRelation
  readonly mode: LockStrength
}

/**
 * The locks that a statement is known to take on what was there before the run, where pg_locks can't show them: it ran
 * in no transaction, or the transaction that a rehearsal is holds them since an earlier file.
 */
export function knownLocks(known: Known, statement: Statement | undefined): KnownLock[] {
  return (statement ? lockOf(statement) : []).flatMap(({ relation: named, mode: words }) => {
    const relation = find(known, named)
    const mode = LOCK_STRENGTHS[LOCK_MODES.indexOf(words)]
    return relation && mode ? [{ relation, mode }] : []
  })
}

/** Without a schema the one in `public`, else any: what the search path was is not known. */
function find(known: Known, { relname, schemaname }: TakenLock['relation']): KnownRelation | undefined {
  const found = [...known.relations.values()].filter(
    ({ table, schema }) => table === relname && (schemaname === undefined || schema === schemaname),
  )
  return found.find(({ schema }) => schema === 'public') ?? found[0]
}
