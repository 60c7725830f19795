import { afterStatement } from '../../sql/after-statement.js'
import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'

export const policyWithoutRls: Rule = {
  id: 'policy-without-rls',
  group: 'rls',
  title: 'A policy on a table without row level security',
  why: 'PostgreSQL keeps the policy and does not apply it: the table looks protected and is open to every role with a grant.',
  instead: 'Enable it:\n\n```sql\nalter table public.orders enable row level security;\n```',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: ['create table orders (id bigint); create policy own on orders using (id > 0);'],
    good: [
      'create table orders (id bigint); alter table orders enable row level security; create policy own on orders using (id > 0);',
    ],
  },
  *conclude({ known }) {
    for (const relation of known.relations.values()) {
      const { schema, name, rls, policies } = relation
      const policy = rls ? undefined : policies.find(({ made }) => made.isNew)
      if (!policy) continue
      const { file, span } = policy.made
      const table = showName([schema, name])
      // Where table-without-rls would add it too, so that it is there once.
      const after = relation.isNew && relation.file === file ? relation.span : span
      const enable = `alter table ${table} enable row level security`
      yield {
        message: `Policy ${showName([policy.name])} does nothing: row level security is not enabled on ${table}.`,
        help: `Add ${enable}.`,
        file,
        span,
        fix: { title: 'Enable row level security', edits: [afterStatement(file.text, after, enable)] },
      }
    }
  },
}
