import type { Fix } from '../../model/finding.js'
import { afterStatement } from '../../sql/after-statement.js'
import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Known, KnownRelation } from '../known/known.js'
import type { Rule, SetContext } from '../rule.js'
import { exposedRelations } from './exposed.js'
import { relationsReached } from './reads.js'

export const viewNotSecurityInvoker: Rule = {
  id: 'view-not-security-invoker',
  group: 'rls',
  title: 'A view that passes by row level security',
  why: 'A view reads its tables with the rights of its owner, to whom policies mostly do not apply: through it the API shows rows that the tables themselves hide.',
  instead:
    'From PostgreSQL 15 on:\n\n```sql\ncreate view public.my_orders with (security_invoker = on) as select …;\n```',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: [
      'create table orders (id bigint); alter table orders enable row level security; create view all_orders as select * from orders;',
      'create view all_orders as select * from orders;',
    ],
    good: ['create view all_orders with (security_invoker = on) as select * from orders;'],
  },
  *conclude(context) {
    if (context.postgres < 15) return
    for (const view of exposedRelations(context, 'view')) {
      const hidden = view.securityInvoker ? undefined : hiddenBehind(context.known, view)
      if (hidden === undefined) continue
      const name = showName([view.schema, view.name])
      const set = `alter view ${name} set (security_invoker = on)`
      const fix = fixOf(context, view, set)
      yield {
        message: `View ${name} reads ${hidden} with the rights of its owner, not of who asks.`,
        help: `Write WITH (security_invoker = on) before AS, or add ${set}.`,
        file: view.file,
        span: view.span,
        ...(fix ? { fix } : {}),
      }
    }
  },
}

/** A table with row level security, or one of which nothing is known. */
function hiddenBehind(known: Known, { reads }: KnownRelation): string | undefined {
  return relationsReached(known, reads)
    .toSorted()
    .find((name) => {
      const relation = known.relations.get(name)
      return !relation || relation.rls
    })
}

/** Only where who asks the API can be expected to have rights on what the view reads. */
function fixOf({ judging, known }: SetContext, view: KnownRelation, set: string): Fix | undefined {
  const isServed = (name: string) =>
    known.relations.has(name) && judging.apiSchemas.includes(name.split('.')[0] ?? '')
  if (!view.reads.every(isServed)) return undefined
  return {
    title: 'Read with the rights of who asks',
    edits: [afterStatement(view.file.text, view.span, set)],
  }
}
