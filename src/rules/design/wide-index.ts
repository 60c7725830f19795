import { showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const wideIndex: Rule = {
  id: 'wide-index',
  group: 'design',
  title: 'An index on more than three columns',
  why: 'Such an index is large and each write pays for it, while the columns behind the first ones rarely narrow a search down any further.',
  instead: 'Index the columns that narrow the search most. What is only read along belongs into `INCLUDE`.',
  levels: everywhere('off'),
  examples: {
    bad: ['create index on orders (a, b, c, d);'],
    good: ['create index on orders (a, b) include (c, d);', 'create unique index on orders (a, b, c, d);'],
  },
  *check(statement) {
    const index = treeAs(statement, 'IndexStmt')
    const count = index?.indexParams?.length ?? 0
    if (!index || index.unique || count <= MOST_COLUMNS) return
    yield {
      message: `This index on ${showRelation(index.relation)} has ${count} columns.`,
      help: `Index at most ${MOST_COLUMNS}, those that narrow the search most first.`,
    }
  },
}

/** Of an index that is not unique: what must be unique has as many columns as it has. */
const MOST_COLUMNS = 3
