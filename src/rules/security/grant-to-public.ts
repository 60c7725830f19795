import type { GrantStmt } from '@pgsql/types'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import { droppedName } from '../known/learn-drop.js'
import type { Context, Hit, Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { exposedByGrant, privileges } from './exposed-by-grant.js'
import { roles } from './roles.js'

export const grantToPublic: Rule = {
  id: 'grant-to-public',
  group: 'security',
  title: 'GRANT to PUBLIC, anon or authenticated',
  why: 'PUBLIC is every role of the server, `anon` is everyone who knows the address of the API, `authenticated` everyone who can sign up. Only row level security stands between them and the rows, and it does not guard TRUNCATE.',
  instead: `Grant to a role of the application, and to \`anon\` no more than SELECT on tables with row level security and a policy:

\`\`\`sql
alter table articles enable row level security;
create policy read_published on articles for select to anon using (published);
grant select on articles to anon;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: [
      'grant select on orders to public;',
      'grant all on orders to anon;',
      'grant insert on orders to authenticated;',
    ],
    good: [
      'grant select on orders to reporting;',
      'grant usage on schema public to anon;',
      'revoke all on orders from public;',
      'grant select on orders to authenticated;',
    ],
  },
  *check(statement, context) {
    const grant = treeAs(statement, 'GrantStmt')
    if (grant?.is_grant) yield* ofPrivileges(grant, context)
    const membership = treeAs(statement, 'GrantRoleStmt')
    const members = roles(membership?.grantee_roles).filter((role) => WORLD.has(role))
    if (!membership?.is_grant || members.length === 0) return
    const granted = (membership.granted_roles ?? []).flatMap(
      (node) => nodeAs(node, 'AccessPriv')?.priv_name ?? [],
    )
    yield {
      message: `${showList(members.map(show))} ${members.length === 1 ? 'becomes a member' : 'become members'} of ${showList(granted.map((name) => showName([name])))} and may do whatever that role may.`,
      help: 'Grant the few privileges that are needed, one by one.',
    }
  },
}

const WORLD = new Set(['public', 'anon', 'authenticated'])

function* ofPrivileges(grant: GrantStmt, context: Context): Generator<Hit> {
  const exposed = exposedByGrant(grant, context.known)
  if (exposed === undefined) return
  const world = roles(grant.grantees).filter(
    (role) => WORLD.has(role) && (exposed === 'write' || role !== 'authenticated'),
  )
  if (world.length === 0) return
  const guarded = exposed === 'read' && !world.includes('public') && hasRls(grant, context)
  const names = privileges(grant).map((name) => name.toUpperCase())
  yield {
    message: `${showList(world.map(show))} ${world.length === 1 ? 'gets' : 'get'} ${names.length === 0 ? 'all privileges' : showList(names)} on ${objects(grant)}.`,
    help: guarded
      ? 'Check that each policy for SELECT gives out only what everyone may see.'
      : 'Grant to a role of the application; to anon no more than SELECT, on tables with row level security.',
    ...(guarded ? { levels: { production: 'warn' as const } } : {}),
  }
}

function show(role: string): string {
  return role === 'public' ? 'PUBLIC' : showName([role])
}

function objects({ targtype, objtype, objects = [] }: GrantStmt): string {
  const names = objects.map((object) => {
    const relation = nodeAs(object, 'RangeVar')
    return relation ? showRelation(relation) : showName(droppedName(object))
  })
  const kind = (objtype ?? 'OBJECT_TABLE').replace('OBJECT_', '').toLowerCase().replaceAll('_', ' ')
  if (targtype === 'ACL_TARGET_ALL_IN_SCHEMA') return `all ${kind}s in ${showList(names)}`
  return kind === 'table' ? showList(names) : `the ${kind} ${showList(names)}`
}

/** On all tables named, by now or by the end of the file. */
function hasRls({ targtype, objects = [] }: GrantStmt, context: Context): boolean {
  if (targtype !== 'ACL_TARGET_OBJECT') return false
  return objects.every((object) => {
    const table = nodeAs(object, 'RangeVar')
    return context.known.relation(table)?.rls || isMadeAgain(context, `rls:${keyOf(table)}`)
  })
}
