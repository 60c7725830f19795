import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { exposedRelations } from './exposed.js'

export const matviewInApi: Rule = {
  id: 'matview-in-api',
  group: 'rls',
  title: 'A materialized view that an API serves',
  why: 'Row level security does not exist for materialized views: whoever may read one reads all of it, also rows that the tables behind it hide.',
  instead:
    'Keep it in a schema that the API does not serve, and show what everybody may see through a function or a view.',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: ['create materialized view totals as select 1 as a;'],
    good: ['create materialized view internal.totals as select 1 as a;'],
  },
  *conclude(context) {
    for (const { schema, name, file, span } of exposedRelations(context, 'matview')) {
      yield {
        message: `Materialized view ${showName([schema, name])} is served by the API, and no policy can hide its rows.`,
        help: 'Make it in a schema that the API does not serve.',
        file,
        span,
      }
    }
  },
}
