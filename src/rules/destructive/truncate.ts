import { showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { emptiedTables } from './emptied-tables.js'

export const truncate: Rule = {
  id: 'truncate',
  group: 'destructive',
  title: 'TRUNCATE',
  why: 'All rows are gone, without row triggers and without a count, and ACCESS EXCLUSIVE stops every reader until the end of the transaction. A snapshot taken before sees an empty table.',
  instead: `Delete the rows that are meant, in batches:

\`\`\`sql
delete from sessions where id in (select id from sessions where expires_at < now() limit 10000);
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['truncate orders;', 'truncate table only orders restart identity;'],
    good: ['create table scratch (id int); truncate scratch;', 'truncate orders cascade;'],
  },
  *check(statement, { known }) {
    const tree = treeAs(statement, 'TruncateStmt')
    if (!tree || tree.behavior === 'DROP_CASCADE') return
    const tables = emptiedTables(tree, known)
    if (tables.length === 0) return
    yield {
      message: `TRUNCATE deletes all rows of ${showList(tables.map(showRelation))}.`,
      help: 'Delete the rows that are meant with a WHERE, in batches; where all are meant, make a backup first.',
    }
  },
}
