import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { roles } from './roles.js'

export const dropOwned: Rule = {
  id: 'drop-owned',
  group: 'security',
  title: 'DROP OWNED',
  why: 'Everything that the role owns in this database is dropped, tables with their rows included, and all that was granted to it is revoked. For the role that owns the schema that is the whole application.',
  instead: `Hand over first, then see what is left, then drop the role:

\`\`\`sql
reassign owned by old_app to app;
\`\`\`

Do it by hand, not in a migration.`,
  levels: { development: 'off', staging: 'warn', production: 'never' },
  examples: { bad: ['drop owned by old_app;'], good: ['drop role old_app;'] },
  *check(statement) {
    const tree = treeAs(statement, 'DropOwnedStmt')
    if (!tree) return
    const names = showList(roles(tree.roles))
    const cascade = tree.behavior === 'DROP_CASCADE' ? ', and what hangs on that' : ''
    yield {
      message: `DROP OWNED deletes everything of ${names} in this database${cascade}.`,
      help: `Drop what is meant by name. REASSIGN OWNED BY ${names} TO another role keeps it.`,
    }
  },
}
