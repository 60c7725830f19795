import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { exposedRelations } from './exposed.js'
import { relationsReached } from './reads.js'

export const viewExposesAuthUsers: Rule = {
  id: 'view-exposes-auth-users',
  group: 'rls',
  title: 'A view that shows `auth.users` to the API',
  why: 'Addresses, telephone numbers, metadata and, unless each column is chosen, password hashes of all users are there for everybody who has the public key of the API.',
  instead:
    'Keep what others may see in a table of your own, `public.profiles`, with policies, and fill it with a trigger on `auth.users`.',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: [
      'create view people as select id, email from auth.users;',
      'create materialized view people as select id, email from auth.users;',
    ],
    good: ['create view internal.people as select id, email from auth.users;'],
  },
  *conclude(context) {
    for (const kind of ['view', 'matview'] as const) {
      for (const { schema, name, securityInvoker, reads, file, span } of exposedRelations(context, kind)) {
        // With the rights of who asks nobody of the API may read it.
        if (securityInvoker || !relationsReached(context.known, reads).includes('auth.users')) continue
        yield {
          message: `View ${showName([schema, name])} shows rows of auth.users to everybody who can ask the API.`,
          help: 'Move it to a schema that the API does not serve, or keep what others may see in a table with policies.',
          file,
          span,
        }
      }
    }
  },
}
