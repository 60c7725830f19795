import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { isMadeAgain, keyIn } from '../is-made-again.js'
import type { Rule } from '../rule.js'
import { constraintKind } from './constraint-kind.js'

export const dropConstraint: Rule = {
  id: 'drop-constraint',
  group: 'destructive',
  title: 'DROP CONSTRAINT of a UNIQUE, FOREIGN KEY or EXCLUDE constraint',
  why: 'From then on the database takes rows that the constraint kept out, and to bring it back every one of them has to be found and mended first. Dropping a foreign key locks both tables.',
  instead:
    'Make sure that the code does not rely on it (`ON CONFLICT`, upserts, cascades of deletes). To change a constraint, add the new one `NOT VALID` under another name, validate it, and drop the old one last.',
  levels: { development: 'warn', staging: 'warn', production: 'warn' },
  examples: {
    bad: ['alter table orders drop constraint orders_customer_id_fkey;'],
    good: [
      'alter table orders drop constraint orders_total_check;',
      'alter table orders drop constraint o_fk, add constraint o_fk foreign key (c) references c (id) not valid;',
    ],
  },
  *check(statement, context) {
    for (const each of alterCommands(statement, context.file.file)) {
      const { relation, command, span } = each
      if (command.subtype !== 'AT_DropConstraint' || context.known.isNew(relation)) continue
      const kind = constraintKind(context.known, each)
      if (kind !== undefined && LOST[kind] === undefined) continue
      if (isMadeAgain(context, `constraint:${keyIn(relation, command.name)}`)) continue
      const what = kind === undefined ? 'constraint' : LOST[kind]
      yield {
        span,
        message: `This drops the ${what} ${showName([command.name ?? ''])} of ${showRelation(relation)}: rows that it kept out are taken from now on.`,
        help: 'Make sure that no code relies on it: ON CONFLICT, upserts, ON DELETE CASCADE. If it is to be replaced, do so in this file.',
      }
    }
  },
}

/** The primary key and NOT NULL have rules of their own; to lose a CHECK is usual after SET NOT NULL. */
const LOST: Readonly<Record<string, string>> = {
  unique: 'unique constraint',
  'foreign-key': 'foreign key',
  exclusion: 'exclusion constraint',
}
