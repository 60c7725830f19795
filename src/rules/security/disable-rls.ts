import { alterCommands } from '../../sql/alter-commands.js'
import { showRelation } from '../../sql/relation-name.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import { lowered } from '../lowered.js'
import type { Rule } from '../rule.js'

export const disableRls: Rule = {
  id: 'disable-rls',
  group: 'security',
  title: 'DISABLE ROW LEVEL SECURITY',
  why: 'Policies stay but are not asked any more: every role with a grant on the table sees and changes all rows, and behind an API that is everyone.',
  instead:
    'Leave it enabled and change the policies. What must see all rows (a job, a backup) gets a role with a policy of its own.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['alter table orders disable row level security;'],
    good: [
      'alter table orders enable row level security;',
      'alter table orders disable row level security; update orders set a = 1 where id = 1; alter table orders enable row level security;',
    ],
  },
  *check(statement, context) {
    for (const { relation, command, span } of alterCommands(statement, context.file.file)) {
      if (command.subtype !== 'AT_DisableRowSecurity') continue
      if (context.file.transactional && isMadeAgain(context, `rls:${keyOf(relation)}`)) continue
      yield {
        span,
        message: `Row level security of ${showRelation(relation)} is off from now on, and its policies are not asked.`,
        help: 'Leave it enabled and write a policy that lets in who has to get in.',
        ...(context.known.isNew(relation) ? { levels: lowered(disableRls.levels) } : {}),
      }
    }
  },
}
