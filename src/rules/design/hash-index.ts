import { showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const hashIndex: Rule = {
  id: 'hash-index',
  group: 'design',
  title: 'An index `USING hash`',
  why: 'A hash index answers `=` only: no range, no `ORDER BY`, no uniqueness, no second column and no index-only scan. A btree does all of that about as fast.',
  instead:
    'Leave out `USING hash`. Long texts, which a btree refuses above some 2,700 bytes, are the exception.',
  levels: everywhere('off'),
  examples: {
    bad: ['create index on users using hash (email);'],
    good: ['create index on users (email);'],
  },
  *check(statement) {
    const index = treeAs(statement, 'IndexStmt')
    if (index?.accessMethod !== 'hash') return
    yield {
      message: `This index on ${showRelation(index.relation)} is a hash index, which answers nothing but =.`,
      help: 'Leave out USING hash, unless the values are too long for a btree.',
    }
  },
}
