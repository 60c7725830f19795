import { blocksWrites, LOCK_MODES } from '../../sql/lock-mode.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const lockTable: Rule = {
  id: 'lock-table',
  group: 'locks',
  title: 'LOCK TABLE that stops others',
  why: 'The lock is held until the transaction ends, whatever the other statements take, and without a mode it is ACCESS EXCLUSIVE, which stops readers too.',
  instead:
    'Leave it out: each statement takes the lock it needs. Where two changes must be seen together they are so in one transaction already. To keep others from changing rows that are read, lock the rows: `SELECT … FOR UPDATE`.',
  levels: LOCK_LEVELS,
  claims: ['stops-writes'],
  examples: {
    bad: ['lock table orders;', 'lock orders in share mode;'],
    good: ['lock table orders in row exclusive mode;', 'create table t (a int); lock table t;'],
  },
  *check(statement, { known }) {
    const tree = treeAs(statement, 'LockStmt')
    const mode = LOCK_MODES[(tree?.mode ?? LOCK_MODES.length) - 1] ?? 'ACCESS EXCLUSIVE'
    const named = (tree?.relations ?? []).flatMap((each) => nodeAs(each, 'RangeVar') ?? [])
    const old = named.filter((relation) => !known.isNew(relation))
    if (!blocksWrites(mode) || old.length === 0) return
    const stops = mode === 'ACCESS EXCLUSIVE' ? 'reads and writes' : 'writes'
    yield {
      message: `LOCK TABLE stops all ${stops} of ${showList(old.map(showRelation))} until the transaction ends.`,
      help: 'Leave it out, or lock the rows that matter with SELECT … FOR UPDATE.',
    }
  },
}
