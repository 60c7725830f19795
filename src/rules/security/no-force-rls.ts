import { alterCommands } from '../../sql/alter-commands.js'
import { showRelation } from '../../sql/relation-name.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import { lowered } from '../lowered.js'
import type { Rule } from '../rule.js'

export const noForceRls: Rule = {
  id: 'no-force-rls',
  group: 'security',
  title: 'NO FORCE ROW LEVEL SECURITY',
  why: "Policies no longer bind the table's owner. Where the application connects as the owner, as many do, that is the same as having none.",
  instead:
    'Let the application connect as a role that does not own its tables, and only then take FORCE off.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['alter table orders no force row level security;'],
    good: ['alter table orders force row level security;'],
  },
  *check(statement, context) {
    for (const { relation, command, span } of alterCommands(statement, context.file.file)) {
      if (command.subtype !== 'AT_NoForceRowSecurity') continue
      if (context.file.transactional && isMadeAgain(context, `force-rls:${keyOf(relation)}`)) continue
      yield {
        span,
        message: `The policies of ${showRelation(relation)} no longer bind its owner.`,
        help: 'Keep FORCE unless no application connects as the owner of the table.',
        ...(context.known.isNew(relation) ? { levels: lowered(noForceRls.levels) } : {}),
      }
    }
  },
}
