import { showName } from '../../sql/relation-name.js'
import { stringsOf } from '../../sql/tree.js'
import type { Context, Hit, Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { columnsAddedToOldTables } from './added-columns.js'
import type { AddedConstraint } from './added-constraints.js'
import { constraintsAddedToOldTables } from './added-constraints.js'
import { indexFirst } from './index-first.js'
import { isKnownNotNull } from './is-known-not-null.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const addPrimaryKey: Rule = {
  id: 'add-primary-key',
  group: 'locks',
  title: 'A primary key that builds its index, or looks for NULL',
  why: 'The index is built under ACCESS EXCLUSIVE, which stops reads too, and columns that are not NOT NULL yet are searched for NULL under it. That holds for `USING INDEX` as well: the index is ready then, the search is not.',
  instead: `Make the columns \`NOT NULL\` first (see \`set-not-null\`), build the index concurrently, outside of a transaction, and make the key of it.

\`\`\`sql
create unique index concurrently orders_pkey on orders (id);
alter table orders add constraint orders_pkey primary key using index orders_pkey;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders add primary key (id);',
      'alter table orders add column id bigserial primary key;',
      {
        before: 'create table orders (id bigint); create unique index orders_id on orders (id);',
        sql: 'alter table orders add constraint orders_pkey primary key using index orders_id;',
      },
    ],
    good: [
      'alter table orders add constraint orders_pkey primary key using index orders_pkey;',
      'create table orders (id bigint primary key);',
    ],
  },
  *check(statement, context) {
    for (const added of constraintsAddedToOldTables(statement, context, 'CONSTR_PRIMARY')) {
      const hit =
        added.constraint.indexname === undefined ? built(added, statement, context) : used(added, context)
      if (hit) yield { ...hit, span: added.span }
    }
    for (const { find, column, table, span } of columnsAddedToOldTables(statement, context)) {
      if (!find('CONSTR_PRIMARY')) continue
      yield {
        span,
        message: `Adding column ${column} as the primary key of ${table} builds an index while nobody can read or write the table.`,
        help: 'Add the column alone, fill it in batches, make it NOT NULL, and then build a unique index CONCURRENTLY and add the primary key USING INDEX.',
      }
    }
  },
}

function built(added: AddedConstraint, statement: Seen, context: Context): Hit {
  const columns = stringsOf(added.constraint.keys)
  const nullable = columns.filter((each) => !isKnownNotNull(added.relation, each, context))
  const list = showList(columns.map((each) => showName([each])))
  return {
    message: `Making ${list} the primary key of ${added.table} builds an index while nobody can read or write the table.`,
    help:
      nullable.length === 0
        ? 'Build a unique index CONCURRENTLY in a migration of its own, and add the primary key USING INDEX.'
        : `Make ${showList(nullable.map((each) => showName([each])))} NOT NULL first, in migrations before this; build a unique index CONCURRENTLY in one of its own, and add the primary key USING INDEX.`,
    ...(nullable.length === 0 ? indexFirst(added, statement, context) : {}),
  }
}

/** Only what the files tell of the index shows what it is on. */
function used({ constraint, relation, table }: AddedConstraint, context: Context): Hit | undefined {
  const known = context.known.relation(relation)
  const index = known?.indexes.find(({ name }) => name === constraint.indexname)
  const nullable = (index?.columns ?? []).filter(
    (each) => each !== undefined && known?.columns.has(each) && !isKnownNotNull(relation, each, context),
  )
  if (nullable.length === 0) return undefined
  const list = showList(nullable.map((each) => showName([each ?? ''])))
  return {
    message: `Making the primary key of ${table} searches ${list} for NULL while nobody can read or write the table.`,
    help: `Make ${list} NOT NULL first, in migrations before this.`,
  }
}
