import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { LESSER_LOCK_LEVELS } from './lock-levels.js'

export const createTriggerOnExistingTable: Rule = {
  id: 'create-trigger-on-existing-table',
  group: 'locks',
  title: 'CREATE TRIGGER on a table with users',
  why: 'CREATE TRIGGER takes SHARE ROW EXCLUSIVE: it waits for every transaction that wrote to the table, and all writers wait behind it. It is quick itself, and from then on runs with each change.',
  instead:
    'Keep the transaction short, with nothing slow after it, and say `lock_timeout`. Try the trigger with the number of rows that production changes at once.',
  levels: LESSER_LOCK_LEVELS,
  claims: ['stops-writes'],
  examples: {
    bad: ['create trigger touch before update on orders for each row execute function touch();'],
    good: [
      'create table t (a int); create trigger x before update on t for each row execute function touch();',
    ],
  },
  *check(statement, { known }) {
    const tree = treeAs(statement, 'CreateTrigStmt')
    if (!tree || tree.timing === INSTEAD_OF || known.isNew(tree.relation)) return
    yield {
      message: `Trigger ${showName([tree.trigname ?? ''])} stops writes to ${showRelation(tree.relation)} while it waits and until the transaction ends.`,
      help: 'Let nothing slow follow it in the same transaction.',
    }
  },
}

/** On views only. From the server's `TRIGGER_TYPE_INSTEAD`. */
const INSTEAD_OF = 64
