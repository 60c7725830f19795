import { isAlwaysTrue } from '../../sql/always-true.js'
import { dataChanges } from '../../sql/data-changes.js'
import { showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'

export const updateWithoutWhere: Rule = {
  id: 'update-without-where',
  group: 'data',
  title: 'UPDATE of all rows',
  why: 'Every row is written anew: the old values are gone, the table and its indexes grow by up to their size until vacuum, and each row stays locked until the commit, so writers of the application wait.',
  instead: `Say which rows, and take large numbers in batches, each in a transaction of its own:

\`\`\`sql
update orders set state = 'open'
where id in (select id from orders where state is null limit 10000);
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ["update orders set state = 'open';", "update orders set state = 'open' where id = id;"],
    good: [
      "update orders set state = 'open' where id = 7;",
      "create table scratch (state text); update scratch set state = 'open';",
    ],
  },
  *check(statement, { known, file }) {
    for (const { kind, tree, span } of dataChanges(statement, file.file.text)) {
      if (kind !== 'update' || known.isNew(tree.relation)) continue
      const { whereClause, relation } = tree
      if (whereClause !== undefined && !isAlwaysTrue(whereClause)) continue
      const table = showRelation(relation)
      yield {
        span,
        message:
          whereClause === undefined
            ? `UPDATE ${table} has no WHERE and writes every row.`
            : `The WHERE of UPDATE ${table} holds for every row, so all are written.`,
        help: 'Add a WHERE that picks the rows that are meant, in batches; if all are, make a backup first.',
      }
    }
  },
}
