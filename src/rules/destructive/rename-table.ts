import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import type { Rule } from '../rule.js'

export const renameTable: Rule = {
  id: 'rename-table',
  group: 'destructive',
  title: 'A table or a view renamed',
  why: 'The rename itself takes a millisecond, but every query of a release still running that has the old name fails from that moment on, and every query of the next release fails until then.',
  instead: `Leave a view behind under the old name, in the same transaction, and drop it when nothing uses it any more. A simple view takes writes too:

\`\`\`sql
alter table orders rename to purchases;
create view orders with (security_invoker = true) as select * from purchases;
\`\`\``,
  levels: { development: 'off', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter table orders rename to purchases;'],
    good: [
      'alter table orders rename to purchases; create view orders as select * from purchases;',
      'create table orders (id int); alter table orders rename to purchases;',
      'alter index orders_i rename to orders_j;',
    ],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'RenameStmt')
    const kind = RELATIONS.get(tree?.renameType ?? '')
    if (kind === undefined || !tree?.relation || context.known.isNew(tree.relation)) return
    const { relation, newname = '' } = tree
    // Nobody sees the moment without it.
    if (context.file.transactional && isMadeAgain(context, `relation:${keyOf(relation)}`)) return
    yield {
      message: `The ${kind} ${showRelation(relation)} becomes ${showName([newname])}, and queries with the old name fail at once.`,
      help: `Add to this file: CREATE VIEW ${showRelation(relation)} AS SELECT * FROM ${showName([...(relation.schemaname ? [relation.schemaname] : []), newname])}; and drop the view some releases later.`,
    }
  },
}

/** By the name that is written: ALTER TABLE renames views too. */
const RELATIONS = new Map([
  ['OBJECT_TABLE', 'table'],
  ['OBJECT_VIEW', 'view'],
  ['OBJECT_MATVIEW', 'materialized view'],
  ['OBJECT_FOREIGN_TABLE', 'foreign table'],
])
