import { positionOf } from '../../sql/position.js'
import { relationKey, showRelation } from '../../sql/relation-name.js'
import type { TakenLock } from '../../sql/taken-lock.js'
import type { Rule } from '../rule.js'
import { type HeldLock, heldLocks } from './held-locks.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const wideLockWindow: Rule = {
  id: 'wide-lock-window',
  group: 'locks',
  title: 'Locks on two tables with users in one transaction',
  why: 'While the second lock is waited for, the first is held: everybody who uses the first table waits for the slowest user of the second. Who takes the two in the other order ends in a deadlock.',
  instead: 'A migration for each table, so that each lock is held for a moment only.',
  levels: LOCK_LEVELS,
  claims: ['two-locks'],
  examples: {
    bad: ['alter table users add column email text; alter table orders add column total numeric;'],
    good: [
      { sql: ['alter table users add column email text;', 'alter table orders add column total numeric;'] },
      'alter table users add column email text; alter table users add column phone text;',
    ],
  },
  *check(statement, context) {
    const { held, taken } = heldLocks(context)
    if (held.length === 0 || taken.length === 0 || isWide(held)) return
    const pair = taken.flatMap((lock) => {
      const other = held.find((each) => areWide(each, lock))
      return other ? [{ lock, other }] : []
    })[0]
    if (!pair) return
    const first = showRelation(pair.other.relation)
    const line = positionOf(context.file.file.text, pair.other.by.span).line
    const stops = pair.other.mode === 'ACCESS EXCLUSIVE' ? 'read or write' : 'write to'
    yield {
      message: `While this waits for ${showRelation(pair.lock.relation)}, nobody can ${stops} ${first}, which line ${line} locked until the transaction ends.`,
      help: `Put what is about ${showRelation(pair.lock.relation)} into a migration of its own.`,
      span: statement.span,
    }
  },
}

/** It was so before, and was told. What one statement locks it locks together. */
function isWide(held: readonly HeldLock[]): boolean {
  return held.some((one) => held.some((other) => one.by !== other.by && areWide(one, other)))
}

function areWide(one: TakenLock, other: TakenLock): boolean {
  return (
    one.kind === 'table' &&
    other.kind === 'table' &&
    relationKey(one.relation) !== relationKey(other.relation) &&
    (one.mode === 'ACCESS EXCLUSIVE' || other.mode === 'ACCESS EXCLUSIVE')
  )
}
