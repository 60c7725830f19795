import { showName, showRelation } from '../../sql/relation-name.js'
import { stringsOf } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { constraintsAddedToOldTables } from './added-constraints.js'
import { constraintName } from './constraint-name.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { notValidFix } from './not-valid-fix.js'

export const addForeignKeyWithoutNotValid: Rule = {
  id: 'add-foreign-key-without-not-valid',
  group: 'locks',
  title: 'A foreign key without NOT VALID',
  why: 'The server looks up every row in the other table under SHARE ROW EXCLUSIVE on both: nobody can write to either until it is done. 0.8 seconds for a million small rows.',
  instead: `Add it \`NOT VALID\`, which holds for new rows at once, and validate it in the next migration, which stops nobody. (Before PostgreSQL 18 a partitioned table has no NOT VALID: add the key to each partition first.)

\`\`\`sql
alter table orders add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) not valid;
-- in the next migration
alter table orders validate constraint orders_customer_id_fkey;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id);',
    ],
    good: [
      'alter table orders add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) not valid;',
      'create table orders (customer_id bigint); alter table orders add foreign key (customer_id) references customers (id);',
    ],
  },
  *check(statement, context) {
    for (const added of constraintsAddedToOldTables(statement, context, 'CONSTR_FOREIGN')) {
      const { constraint, table, span, relation } = added
      if (constraint.skip_validation || !constraint.is_enforced) continue
      const what = constraint.conname === undefined ? 'a foreign key' : showName([constraint.conname])
      const usual = constraintName(relation.relname, stringsOf(constraint.fk_attrs), 'fkey')
      yield {
        span,
        message: `Adding ${what} to ${table} looks up every row in ${showRelation(constraint.pktable)} while nobody can write to either table.`,
        help: 'Add it NOT VALID, and validate it in the next migration.',
        ...notValidFix(added, usual, statement, context),
      }
    }
  },
}
