import type { CreatePolicyStmt } from '@pgsql/types'
import { isAlwaysTrue } from '../../sql/always-true.js'
import { nodeAs } from '../../sql/tree.js'
import type { Hit, Rule } from '../rule.js'
import { judgingPolicies } from './judged-policies.js'
import { isForApi, policyRoles, showPolicy } from './policy-text.js'

export const policyAlwaysTrue: Rule = {
  id: 'policy-always-true',
  group: 'rls',
  title: 'A policy that lets everybody write every row',
  why: '`USING (true)` and `WITH CHECK (true)` for INSERT, UPDATE, DELETE or ALL take row level security away from those commands: whoever comes through the API writes as they like. That everybody may read, `FOR SELECT USING (true)`, is not reported.',
  instead:
    'Say whose rows may be written:\n\n```sql\ncreate policy "own orders" on public.orders for update to authenticated\n  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));\n```',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: [
      'create table orders (id bigint); create policy p on orders for all using (true);',
      'create policy p on orders for insert to anon with check (1 = 1);',
    ],
    good: [
      'create policy p on orders for select using (true);',
      'create policy p on orders for all to service_role using (true);',
      'create policy p on orders for delete using (user_id = (select auth.uid()));',
    ],
  },
  ...judgingPolicies(({ definition }) => hitOf(definition)),
}

function hitOf(policy: CreatePolicyStmt): Hit | undefined {
  const { cmd_name: command = 'all', permissive, table } = policy
  // Of ALTER POLICY the command is not known; a restrictive policy that is always true takes nothing away.
  if (policy.cmd_name === undefined || permissive !== true || command === 'select' || !isForApi(policy))
    return undefined
  const clause = alwaysTrue(policy)
  if (!clause || table === undefined) return undefined
  const who = policyRoles(policy).join(', ')
  return {
    message: `${showPolicy(policy)} lets ${who} ${WRITES[command] ?? 'write'} ${clause === 'USING' ? 'every row' : 'any row'}: its ${clause} is always true.`,
    help: `Say in ${clause} whose rows they may ${WRITES[command] ?? 'write'}.`,
  }
}

const WRITES: Readonly<Record<string, string>> = { insert: 'insert', update: 'update', delete: 'delete' }

function alwaysTrue({ qual, with_check: check }: CreatePolicyStmt): 'USING' | 'WITH CHECK' | undefined {
  if (isTrue(qual)) return 'USING'
  return isTrue(check) ? 'WITH CHECK' : undefined
}

/** Also `(select true)`. */
function isTrue(condition: CreatePolicyStmt['qual']): boolean {
  const select = nodeAs(nodeAs(condition, 'SubLink')?.subselect, 'SelectStmt')
  const only = select?.targetList?.length === 1 && !select.whereClause ? select.targetList[0] : undefined
  return isAlwaysTrue(only ? nodeAs(only, 'ResTarget')?.val : condition)
}
