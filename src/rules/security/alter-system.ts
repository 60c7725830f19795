import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const alterSystem: Rule = {
  id: 'alter-system',
  group: 'security',
  title: 'ALTER SYSTEM',
  why: "It writes the server's configuration, for every database on it, outlives the migration's rollback, and a wrong value keeps the server from starting the next time. It can not run in a transaction; managed servers refuse it.",
  instead:
    'Change the configuration where the server is run. For one role or database there is `ALTER ROLE … SET` and `ALTER DATABASE … SET`.',
  levels: { development: 'block', staging: 'block', production: 'never' },
  examples: {
    bad: ["alter system set work_mem = '1GB';"],
    good: ["alter role app set statement_timeout = '5s';"],
  },
  *check(statement) {
    const setting = treeAs(statement, 'AlterSystemStmt')?.setstmt
    if (!setting) return
    const what = setting.kind === 'VAR_RESET_ALL' ? 'all settings' : (setting.name ?? 'a setting')
    yield {
      message: `ALTER SYSTEM changes ${what} for the whole server and every database on it.`,
      help: 'Take it out of the migration; use ALTER ROLE … SET or ALTER DATABASE … SET, or change it where the server is run.',
    }
  },
}
