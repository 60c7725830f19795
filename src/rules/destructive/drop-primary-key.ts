import { alterCommands } from '../../sql/alter-commands.js'
import { showRelation } from '../../sql/relation-name.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import type { Rule } from '../rule.js'
import { constraintKind } from './constraint-kind.js'

export const dropPrimaryKey: Rule = {
  id: 'drop-primary-key',
  group: 'destructive',
  title: 'DROP CONSTRAINT of a primary key',
  why: 'Duplicates get in at once, the index behind every look-up by key is gone, and logical replication refuses UPDATE and DELETE on a published table without a replica identity.',
  instead: `Build the new key's index first and exchange the two in one statement:

\`\`\`sql
create unique index concurrently orders_new_pkey on orders (uuid);
alter table orders drop constraint orders_pkey, add primary key using index orders_new_pkey;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter table orders drop constraint orders_pkey;'],
    good: [
      'alter table orders drop constraint orders_pkey, add constraint orders_pkey primary key using index orders_new_pkey;',
    ],
  },
  *check(statement, context) {
    for (const each of alterCommands(statement, context.file.file)) {
      const { relation, command, span } = each
      if (command.subtype !== 'AT_DropConstraint' || context.known.isNew(relation)) continue
      if (constraintKind(context.known, each) !== 'primary-key') continue
      if (isMadeAgain(context, `primary-key:${keyOf(relation)}`)) continue
      yield {
        span,
        message: `This drops the primary key of ${showRelation(relation)}, and its index with it.`,
        help: 'Add the new primary key in the same statement, USING INDEX of one that was built CONCURRENTLY before.',
      }
    }
  },
}
