import { showName } from '../../sql/relation-name.js'
import { dropped } from '../destructive/dropped.js'
import { isMadeAgain, keyIn } from '../is-made-again.js'
import type { Rule } from '../rule.js'

export const dropPolicy: Rule = {
  id: 'drop-policy',
  group: 'security',
  title: 'DROP POLICY without a new one of that name',
  why: 'A permissive policy that goes takes rows away from people who need them; a restrictive one that goes gives rows to people who must not have them.',
  instead: `Replace a policy in one file, under its name; in one transaction nobody sees the moment without it:

\`\`\`sql
drop policy if exists own_orders on orders;
create policy own_orders on orders using (owner = (select auth.uid()));
\`\`\`

\`ALTER POLICY\` changes roles and conditions in place.`,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['drop policy own_orders on orders;'],
    good: [
      'drop policy if exists own_orders on orders; create policy own_orders on orders using (owner = current_user);',
      'create table orders (id int); create policy p on orders using (true); drop policy p on orders;',
    ],
  },
  *check(statement, context) {
    const drop = dropped(statement)
    if (drop?.type !== 'OBJECT_POLICY') return
    for (const parts of drop.names) {
      const table = parts.slice(0, -1)
      const relation = context.known.named(table)
      const policy = relation?.policies.find(({ name }) => name === parts.at(-1))
      if (relation?.isNew || policy?.made.isNew) continue
      if (isMadeAgain(context, `policy:${keyIn(table, parts.at(-1))}`)) continue
      const restrictive = policy && !policy.definition.permissive
      yield {
        message: restrictive
          ? `The restrictive policy ${showName(parts.slice(-1))} of ${showName(table)} goes, and rows that it kept back are given out.`
          : `The policy ${showName(parts.slice(-1))} of ${showName(table)} goes, and no new one of that name comes in this file.`,
        help: 'Create the policy that takes its place in this file under the same name, or change it by ALTER POLICY.',
      }
    }
  },
}
