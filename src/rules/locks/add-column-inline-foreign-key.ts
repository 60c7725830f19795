import { showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { columnsAddedToOldTables } from './added-columns.js'
import { besideFix } from './beside-fix.js'
import { isEnforced } from './is-enforced.js'
import { LESSER_LOCK_LEVELS, LOCK_LEVELS } from './lock-levels.js'

export const addColumnInlineForeignKey: Rule = {
  id: 'add-column-inline-foreign-key',
  group: 'locks',
  title: 'A new column with REFERENCES',
  why: 'The statement takes two locks: ACCESS EXCLUSIVE on its table, and SHARE ROW EXCLUSIVE on the table referred to, which stops writes there; while it waits for the second it holds the first. It reads nothing where the column has no default (2 milliseconds for a million rows). With a default it reads every row and looks each up.',
  instead: `Add the column first, and the key \`NOT VALID\` in a statement of its own; where the column has a default, validate it in the next migration.

\`\`\`sql
alter table orders add column region_id bigint default 1;
alter table orders add constraint orders_region_id_fkey foreign key (region_id) references regions (id) not valid;
-- in the next migration
alter table orders validate constraint orders_region_id_fkey;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders add column region_id bigint references regions (id);',
      'alter table orders add column region_id bigint default 1 references regions (id);',
    ],
    good: [
      'alter table orders add column region_id bigint;',
      'create table orders (region_id bigint references regions (id));',
    ],
  },
  *check(statement, context) {
    for (const added of columnsAddedToOldTables(statement, context)) {
      const key = added.find('CONSTR_FOREIGN')
      if (!key || !isEnforced(key, added.constraints)) continue
      const { column, table, span, find } = added
      const other = showRelation(key.pktable)
      yield find('CONSTR_DEFAULT')
        ? {
            span,
            message: `Adding column ${column} to ${table} with a default and a foreign key looks every row up in ${other} while nobody can read or write ${table}.`,
            help: 'Add the foreign key beside the column, NOT VALID, and validate it in the next migration.',
            ...besideFix(added, key, statement, context),
          }
        : {
            span,
            levels: LESSER_LOCK_LEVELS,
            claims: ['stops-writes'],
            message: `Adding column ${column} to ${table} with a foreign key stops writes to ${other} too, until the transaction ends.`,
            help: `It reads no row, so it is quick once it has both locks. Where both tables are busy, add the column alone and the foreign key NOT VALID in a later migration.`,
          }
    }
  },
}
