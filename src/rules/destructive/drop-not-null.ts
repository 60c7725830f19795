import type { AlterCommand } from '../../sql/alter-commands.js'
import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { isMadeAgain, keyIn } from '../is-made-again.js'
import type { Context, Rule } from '../rule.js'
import { constraintKind } from './constraint-kind.js'

export const dropNotNull: Rule = {
  id: 'drop-not-null',
  group: 'destructive',
  title: 'DROP NOT NULL',
  why: 'Code that was written when the column always had a value meets NULLs: comparisons are no longer true or false, sums and joins leave rows out, typed clients fail to read the row.',
  instead:
    'Deploy code that copes with NULL first. If the column is about to be dropped, say so in a suppression.',
  levels: { development: 'warn', staging: 'warn', production: 'warn' },
  examples: {
    bad: ['alter table orders alter column note drop not null;'],
    good: ['create table orders (note text not null); alter table orders alter column note drop not null;'],
  },
  *check(statement, context) {
    for (const each of alterCommands(statement, context.file.file)) {
      const { relation, command, span } = each
      if (!dropsNotNull(each, context) || context.known.isNew(relation)) continue
      if (isMadeAgain(context, `not-null:${keyIn(relation, command.name)}`)) continue
      yield {
        span,
        message:
          command.subtype === 'AT_DropNotNull'
            ? `The column ${showName([command.name ?? ''])} of ${showRelation(relation)} may be NULL from now on.`
            : `${showRelation(relation)} loses the NOT NULL constraint ${showName([command.name ?? ''])}.`,
        help: 'Deploy code that copes with NULL before this runs.',
      }
    }
  },
}

/** Since PostgreSQL 18 NOT NULL has a name. */
function dropsNotNull(each: AlterCommand, { known, postgres }: Context): boolean {
  const { subtype } = each.command
  if (subtype === 'AT_DropNotNull') return true
  return subtype === 'AT_DropConstraint' && postgres >= 18 && constraintKind(known, each) === 'not-null'
}
