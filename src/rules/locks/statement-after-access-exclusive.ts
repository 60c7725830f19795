import { positionOf } from '../../sql/position.js'
import { showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { type HeldLock, heldLocks, type Locks } from './held-locks.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { takesTime } from './takes-time.js'

export const statementAfterAccessExclusive: Rule = {
  id: 'statement-after-access-exclusive',
  group: 'locks',
  title: 'Work on rows while a table is locked against everybody',
  why: 'A lock is held until the transaction ends, not until its statement does. ALTER TABLE is done in a millisecond; an UPDATE after it in the same transaction keeps every reader of the table waiting for as long as it runs.',
  instead: `Two migrations, the quick one by itself:

\`\`\`sql
alter table orders add column total numeric;
\`\`\`

\`\`\`sql
update orders set total = 0 where id between 1 and 10000;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['under-lock'],
  examples: {
    bad: ['alter table orders add column total numeric; update orders set total = 0;'],
    good: [
      ['alter table orders add column total numeric;', 'update orders set total = 0;'],
      'create table orders (id int); alter table orders add column total numeric; select count(*) from orders;',
    ].map((sql) => ({ sql })),
  },
  *check(statement, context) {
    const locks = heldLocks(context)
    const lock = locks.held.find(({ mode }) => mode === 'ACCESS EXCLUSIVE')
    const what = lock && takesTime(statement, context.known)
    if (!what || isWorstItself(locks, lock)) return
    const line = positionOf(context.file.file.text, lock.by.span).line
    yield {
      message: `${what} runs while nobody can read or write ${shownLock(lock)}, which line ${line} locked until the transaction ends.`,
      help: 'Put it into a migration of its own.',
    }
  },
}

/** It locks the same relation in the same way for as long as it runs: the earlier lock changes nothing. */
function isWorstItself({ taken }: Locks, { relation }: HeldLock): boolean {
  return taken.some(
    (each) => each.mode === 'ACCESS EXCLUSIVE' && showRelation(each.relation) === showRelation(relation),
  )
}

function shownLock({ kind, relation }: HeldLock): string {
  return kind === 'index' ? `the table of index ${showRelation(relation)}` : showRelation(relation)
}
