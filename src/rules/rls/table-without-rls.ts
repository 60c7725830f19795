import { afterStatement } from '../../sql/after-statement.js'
import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { exposedRelations } from './exposed.js'

export const tableWithoutRls: Rule = {
  id: 'table-without-rls',
  group: 'rls',
  title: 'A table that an API serves without row level security',
  why: 'Whoever has the public key of the API reads every row of the table, and where its role was granted more, as Supabase does by default, changes and deletes them too.',
  instead:
    'Enable row level security and write a policy for those who may see the rows:\n\n```sql\nalter table public.orders enable row level security;\ncreate policy "own orders" on public.orders for select to authenticated\n  using (user_id = (select auth.uid()));\n```',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: ['create table orders (id bigint primary key);'],
    good: [
      'create table orders (id bigint primary key); alter table orders enable row level security;',
      'create table internal.orders (id bigint primary key);',
    ],
  },
  *conclude(context) {
    for (const { schema, name, rls, file, span } of exposedRelations(context, 'table')) {
      if (rls) continue
      const enable = `alter table ${showName([schema, name])} enable row level security`
      yield {
        message: `Table ${showName([schema, name])} is served by the API and has no row level security.`,
        help: `Add ${enable}, and policies for those who may see its rows.`,
        file,
        span,
        fix: {
          title: 'Enable row level security, which hides all rows until a policy shows them',
          edits: [afterStatement(file.text, span, enable)],
        },
      }
    }
  },
}
