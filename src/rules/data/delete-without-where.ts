import { isAlwaysTrue } from '../../sql/always-true.js'
import { dataChanges } from '../../sql/data-changes.js'
import { showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'

export const deleteWithoutWhere: Rule = {
  id: 'delete-without-where',
  group: 'data',
  title: 'DELETE of all rows',
  why: 'Every row goes, and every row that refers to one by ON DELETE CASCADE. A million rows took 1.5 s without foreign keys; each stays locked until the commit, and the space is left to vacuum.',
  instead: `Say which rows, and take large numbers in batches:

\`\`\`sql
delete from sessions where id in (select id from sessions where expires_at < now() limit 10000);
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: [
      'delete from orders;',
      'delete from orders where true;',
      'with gone as (delete from orders where 1 = 1 returning *) select count(*) from gone;',
    ],
    good: ['delete from orders where id = 7;', 'create table scratch (id int); delete from scratch;'],
  },
  *check(statement, { known, file }) {
    for (const { kind, tree, span } of dataChanges(statement, file.file.text)) {
      if (kind !== 'delete' || known.isNew(tree.relation)) continue
      const { whereClause, relation } = tree
      if (whereClause !== undefined && !isAlwaysTrue(whereClause)) continue
      const table = showRelation(relation)
      yield {
        span,
        message:
          whereClause === undefined
            ? `DELETE FROM ${table} has no WHERE and deletes every row.`
            : `The WHERE of DELETE FROM ${table} holds for every row, so all are deleted.`,
        help: 'Add a WHERE that picks the rows that are meant; if all are, make a backup first.',
      }
    }
  },
}
