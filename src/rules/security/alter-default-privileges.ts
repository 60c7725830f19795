import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { privileges } from './exposed-by-grant.js'
import { roles } from './roles.js'

export const alterDefaultPrivileges: Rule = {
  id: 'alter-default-privileges',
  group: 'security',
  title: 'ALTER DEFAULT PRIVILEGES … GRANT to PUBLIC, anon or authenticated',
  why: 'It gives nothing away today: every table, sequence or function made from now on is open from its first moment, and no later migration shows it in its text.',
  instead:
    'Grant on each object in the migration that makes it. `ALTER DEFAULT PRIVILEGES … REVOKE` is fine.',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter default privileges in schema public grant all on tables to anon;'],
    good: [
      'alter default privileges in schema public grant select on tables to reporting;',
      'alter default privileges revoke execute on functions from public;',
    ],
  },
  *check(statement) {
    const action = treeAs(statement, 'AlterDefaultPrivilegesStmt')?.action
    if (!action?.is_grant) return
    const names = privileges(action)
    const writes = names.length === 0 || names.some((name) => name !== 'select' && name !== 'usage')
    const world = roles(action.grantees).filter(
      (role) => WORLD.has(role) || (writes && role === 'authenticated'),
    )
    if (world.length === 0) return
    const kind = `${(action.objtype ?? 'OBJECT_TABLE').replace('OBJECT_', '').toLowerCase()}s`
    const what = names.length === 0 ? 'all privileges' : showList(names.map((name) => name.toUpperCase()))
    yield {
      message: `All ${kind} made from now on give ${what} to ${showList(world.map((role) => (role === 'public' ? 'PUBLIC' : role)))}.`,
      help: 'Grant on each object in the migration that makes it, to the roles that need it.',
    }
  },
}

const WORLD = new Set(['public', 'anon'])
