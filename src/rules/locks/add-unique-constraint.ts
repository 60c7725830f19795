import { showName } from '../../sql/relation-name.js'
import { stringsOf } from '../../sql/tree.js'
import type { Context, Hit, Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { columnsAddedToOldTables } from './added-columns.js'
import { constraintsAddedToOldTables } from './added-constraints.js'
import { indexFirst, indexLater } from './index-first.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const addUniqueConstraint: Rule = {
  id: 'add-unique-constraint',
  group: 'locks',
  title: 'A UNIQUE constraint that builds its index',
  why: 'The index is built under ACCESS EXCLUSIVE, which stops reads too: 1.1 seconds for a million small rows, and growing faster than the table. If two rows are alike the statement fails at the end of it.',
  instead: `Build the index concurrently, outside of a transaction, and make the constraint of it, which takes a millisecond.

\`\`\`sql
create unique index concurrently orders_number_key on orders (number);
alter table orders add constraint orders_number_key unique using index orders_number_key;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders add constraint orders_number_key unique (number);',
      'alter table orders add column number text unique;',
    ],
    good: [
      'alter table orders add constraint orders_number_key unique using index orders_number_key;',
      'create table orders (number text unique);',
    ],
  },
  *check(statement, context) {
    yield* ofTables(statement, context)
    yield* ofColumns(statement, context)
  },
}

function* ofTables(statement: Seen, context: Context): Generator<Hit> {
  for (const added of constraintsAddedToOldTables(statement, context, 'CONSTR_UNIQUE')) {
    const { constraint, table, span } = added
    if (constraint.indexname !== undefined) continue
    const columns = stringsOf(constraint.keys).map((each) => showName([each]))
    yield {
      span,
      message: `Making ${showList(columns)} unique in ${table} builds an index while nobody can read or write the table.`,
      help: 'Build a unique index CONCURRENTLY in a migration of its own, and add the constraint USING INDEX.',
      ...indexFirst(added, statement, context),
    }
  }
}

function* ofColumns(statement: Seen, context: Context): Generator<Hit> {
  for (const added of columnsAddedToOldTables(statement, context)) {
    const unique = added.find('CONSTR_UNIQUE')
    if (!unique) continue
    yield {
      span: added.span,
      message: `Adding the unique column ${added.column} to ${added.table} builds an index while nobody can read or write the table.`,
      help: 'Add the column alone; in a migration of its own build a unique index CONCURRENTLY, and add the constraint USING INDEX.',
      ...indexLater(added, unique, statement, context),
    }
  }
}
