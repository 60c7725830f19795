import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { exposedRelations } from './exposed.js'

export const foreignTableInApi: Rule = {
  id: 'foreign-table-in-api',
  group: 'rls',
  title: 'A foreign table that an API serves',
  why: 'Row level security does not exist for foreign tables: whoever may read one reads all that the server behind it shows to the role of the user mapping.',
  instead:
    'Keep it in a schema that the API does not serve, and show what everybody may see through a function or a view.',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: ['create foreign table totals (a int) server warehouse;'],
    good: ['create foreign table internal.totals (a int) server warehouse;'],
  },
  *conclude(context) {
    for (const { schema, name, file, span } of exposedRelations(context, 'foreign-table')) {
      yield {
        message: `Foreign table ${showName([schema, name])} is served by the API, and no policy can hide its rows.`,
        help: 'Make it in a schema that the API does not serve.',
        file,
        span,
      }
    }
  },
}
