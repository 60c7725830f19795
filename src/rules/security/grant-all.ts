import { showName } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { privileges } from './exposed-by-grant.js'
import { roles } from './roles.js'

export const grantAll: Rule = {
  id: 'grant-all',
  group: 'security',
  title: 'GRANT ALL',
  why: 'ALL on a table is more than reading and writing: TRUNCATE, which row level security does not see, REFERENCES, TRIGGER (code that runs as whoever writes the row) and, since PostgreSQL 17, MAINTAIN. A new server version may add more.',
  instead: `Name what the role does:

\`\`\`sql
grant select, insert, update on orders to app;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['grant all on orders to app;', 'grant all privileges on schema billing to app;'],
    good: ['grant select, insert on orders to app;', 'grant all on orders to service_role;'],
  },
  *check(statement) {
    const grant = treeAs(statement, 'GrantStmt')
    if (!grant?.is_grant || privileges(grant).length > 0) return
    if (!MANIFOLD.has(grant.objtype ?? 'OBJECT_TABLE')) return
    const names = roles(grant.grantees).filter((role) => !OTHERS.has(role))
    if (names.length === 0) return
    yield {
      message: `${showList(names.map((name) => showName([name])))} ${names.length === 1 ? 'gets' : 'get'} all privileges, needed or not.`,
      help: 'Name the privileges: GRANT SELECT, INSERT, UPDATE … instead of ALL.',
    }
  },
}

/** What has one privilege only has no less than all. */
const MANIFOLD = new Set(['OBJECT_TABLE', 'OBJECT_SEQUENCE', 'OBJECT_SCHEMA', 'OBJECT_DATABASE'])

/** Those that a rule of their own speaks of, and those that may do everything anyway. */
const OTHERS = new Set([
  'public',
  'anon',
  'authenticated',
  'postgres',
  'service_role',
  'supabase_admin',
  'CURRENT_USER',
  'CURRENT_ROLE',
  'SESSION_USER',
])
