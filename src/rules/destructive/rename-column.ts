import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { isMadeBefore, keyIn } from '../is-made-again.js'
import type { Rule } from '../rule.js'

export const renameColumn: Rule = {
  id: 'rename-column',
  group: 'destructive',
  title: 'A column renamed',
  why: 'The rename itself takes a millisecond, but every query of a release still running that has the old name fails from that moment on. No order of deployment avoids it: one of the two releases always has the wrong name.',
  instead: `Expand, move, contract, a release each:

1. Add the new column, and a trigger that keeps both in step.
2. Fill it in batches, and let the code read and write the new one.
3. Drop trigger and old column.`,
  levels: { development: 'off', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter table orders rename column note to comment;', 'alter table orders rename note to comment;'],
    good: [
      'create table orders (note text); alter table orders rename column note to comment;',
      'alter table orders rename constraint a to b;',
    ],
  },
  *check(statement, context) {
    const { known } = context
    const {
      renameType,
      relationType,
      relation,
      subname = '',
      newname = '',
    } = treeAs(statement, 'RenameStmt') ?? {}
    const isAttribute = renameType === 'OBJECT_ATTRIBUTE'
    if ((renameType !== 'OBJECT_COLUMN' && !isAttribute) || !relation) return
    if (known.isNew(relation) || known.relation(relation)?.columns.get(subname)?.made.isNew) return
    if (isMadeBefore(context, `column:${keyIn(relation, subname)}`) || relationType === 'OBJECT_INDEX') return
    yield {
      message: `The ${isAttribute ? 'attribute' : 'column'} ${showName([subname])} of ${showRelation(relation)} becomes ${showName([newname])}, and queries with the old name fail at once.`,
      help: `Add ${showName([newname])} beside it, keep both in step by a trigger, move the code over, and drop ${showName([subname])} in a later release.`,
    }
  },
}
