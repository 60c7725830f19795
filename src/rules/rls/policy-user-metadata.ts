import type { CreatePolicyStmt } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { type Visited, walkTree } from '../../sql/walk-tree.js'
import type { Hit, Rule } from '../rule.js'
import { judgingPolicies } from './judged-policies.js'
import { showPolicy } from './policy-text.js'

export const policyUserMetadata: Rule = {
  id: 'policy-user-metadata',
  group: 'rls',
  title: 'A policy that trusts `user_metadata`',
  why: 'Every signed-in user can change their own `user_metadata` through the API: who is an admin by it makes themselves one.',
  instead:
    "Keep what decides about rights in `app_metadata`, which only the service role changes, or in a table of your own:\n\n```sql\nusing ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin')\n```",
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: ["create policy p on orders using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');"],
    good: ["create policy p on orders using ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');"],
  },
  ...judgingPolicies(({ definition }) => hitOf(definition)),
}

function hitOf(policy: CreatePolicyStmt): Hit | undefined {
  const { qual, with_check } = policy
  const nodes = [...walkTree([qual, with_check])]
  if (!nodes.some(isRawColumn) && !(nodes.some(readsToken) && nodes.some(isKey))) return undefined
  return {
    message: `${showPolicy(policy)} trusts user_metadata, which users change themselves.`,
    help: 'Use app_metadata, or a table that users can not write.',
  }
}

/** Of `auth.users` */
function isRawColumn({ node, tree }: Visited): boolean {
  return stringsOf(nodeAs({ [node]: tree }, 'ColumnRef')?.fields).at(-1) === 'raw_user_meta_data'
}

function readsToken({ node, tree }: Visited): boolean {
  const name = stringsOf(nodeAs({ [node]: tree }, 'FuncCall')?.funcname).at(-1)
  return name === 'jwt' || name === 'current_setting'
}

/** `'user_metadata'`, `'{user_metadata,role}'`, `'$.user_metadata.role'` */
function isKey({ node, tree }: Visited): boolean {
  return /\buser_metadata\b/.test(nodeAs({ [node]: tree }, 'A_Const')?.sval?.sval ?? '')
}
