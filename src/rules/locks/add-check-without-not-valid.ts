import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { constraintsAddedToOldTables } from './added-constraints.js'
import { columnsIn } from './columns-in.js'
import { constraintName } from './constraint-name.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { notValidFix } from './not-valid-fix.js'

export const addCheckWithoutNotValid: Rule = {
  id: 'add-check-without-not-valid',
  group: 'locks',
  title: 'A CHECK constraint without NOT VALID',
  why: 'The server checks every row under ACCESS EXCLUSIVE, which stops reads too: 0.24 seconds for a million small rows, and the rows of a table that is not in memory have to be read first.',
  instead: `Add it \`NOT VALID\`, which holds for new rows at once, and validate it in the next migration, which stops nobody.

\`\`\`sql
alter table orders add constraint orders_total_check check (total >= 0) not valid;
-- in the next migration
alter table orders validate constraint orders_total_check;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: ['alter table orders add constraint orders_total_check check (total >= 0);'],
    good: [
      'alter table orders add constraint orders_total_check check (total >= 0) not valid;',
      'create table orders (total int); alter table orders add constraint orders_total_check check (total >= 0);',
    ],
  },
  *check(statement, context) {
    for (const added of constraintsAddedToOldTables(statement, context, 'CONSTR_CHECK')) {
      const { constraint, table, span, relation } = added
      if (constraint.skip_validation || !constraint.is_enforced) continue
      const what = constraint.conname === undefined ? 'a CHECK' : showName([constraint.conname])
      const columns = columnsIn(constraint.raw_expr)
      // The server puts a column's name into the constraint's where it is about one.
      const usual = constraintName(relation.relname, columns.size === 1 ? [...columns] : [], 'check')
      yield {
        span,
        message: `Adding ${what} to ${table} checks every row while nobody can read or write the table.`,
        help: 'Add it NOT VALID, and validate it in the next migration.',
        ...notValidFix(added, usual, statement, context),
      }
    }
  },
}
