import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { exposedRelations } from './exposed.js'

export const rlsWithoutPolicy: Rule = {
  id: 'rls-without-policy',
  group: 'rls',
  title: 'Row level security without a policy',
  why: 'Nobody but the owner and roles that pass by row level security sees a row: the API answers with an empty list, not with an error.',
  instead:
    'Write a policy for those who may see the rows, or move the table to a schema that the API does not serve.',
  levels: everywhere('notice'),
  needsApi: true,
  examples: {
    bad: ['create table orders (id bigint); alter table orders enable row level security;'],
    good: [
      'create table orders (id bigint); alter table orders enable row level security; create policy own on orders using (id > 0);',
    ],
  },
  *conclude(context) {
    for (const { schema, name, rls, policies, file, span } of exposedRelations(context, 'table')) {
      if (!rls || policies.length > 0) continue
      yield {
        message: `Table ${showName([schema, name])} has row level security and no policy, so the API shows none of its rows.`,
        help: 'Write a policy for those who may see them. If nobody may, suppress this with that as the reason.',
        file,
        span,
      }
    }
  },
}
