import type { VariableSetStmt } from '@pgsql/types'
import { nodeAs, treeAs } from '../../sql/tree.js'
import { isMadeAgain } from '../is-made-again.js'
import type { Hit, Rule, Seen } from '../rule.js'
import { calls } from './calls.js'

export const sessionReplicationRole: Rule = {
  id: 'session-replication-role',
  group: 'security',
  title: 'session_replication_role = replica, for longer than a transaction',
  why: 'Triggers do not fire and foreign keys are not checked: rows that refer to nothing stay for good, since nobody looks at them again. Set for a session, it reaches every later migration of the run, and through a pooler whoever gets the connection next.',
  instead: `Use \`SET LOCAL\`, which ends with the transaction, around the statements that need it, or disable the one trigger that is in the way:

\`\`\`sql
set local session_replication_role = replica;
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: [
      'set session_replication_role = replica;',
      'alter role app set session_replication_role = replica;',
    ],
    good: [
      'set local session_replication_role = replica;',
      'set session_replication_role = replica; reset session_replication_role;',
    ],
  },
  *check(statement, context) {
    const lasting = lastingSetting(statement)
    if (lasting && turnsOff(lasting)) {
      yield {
        message:
          'session_replication_role is replica for every later session: triggers and foreign keys are off.',
        help: 'Leave this out; use SET LOCAL session_replication_role = replica where one transaction needs it.',
      }
    }
    if (isMadeAgain(context, 'replication-role:')) return
    const setting = treeAs(statement, 'VariableSetStmt')
    if (setting && turnsOff(setting) && !(setting.is_local && context.file.transactional)) yield forSession()
    for (const { call, name, span } of calls(statement, context.file.file.text)) {
      const [key, value, local] = (call.args ?? []).map((each) => nodeAs(each, 'A_Const'))
      if (name !== 'set_config' || key?.sval?.sval?.toLowerCase() !== NAME) continue
      if (!isReplica(value?.sval?.sval) || local?.boolval?.boolval) continue
      yield span ? { ...forSession(), span } : forSession()
    }
  },
}

const NAME = 'session_replication_role'

function forSession(): Hit {
  return {
    message: 'session_replication_role stays replica after this file: triggers and foreign keys are off.',
    help: 'Use SET LOCAL in a file that runs in a transaction, or RESET session_replication_role at the end of the file.',
  }
}

/** For a role, a database or the server. */
function lastingSetting(statement: Seen): VariableSetStmt | undefined {
  return (
    treeAs(statement, 'AlterRoleSetStmt')?.setstmt ??
    treeAs(statement, 'AlterDatabaseSetStmt')?.setstmt ??
    treeAs(statement, 'AlterSystemStmt')?.setstmt
  )
}

function turnsOff({ kind, name, args = [] }: VariableSetStmt): boolean {
  const set = kind === 'VAR_SET_VALUE' && name?.toLowerCase() === NAME
  return set && isReplica(nodeAs(args[0], 'A_Const')?.sval?.sval)
}

function isReplica(value: string | undefined): boolean {
  return value?.toLowerCase() === 'replica'
}
