import type { AlterOwnerStmt, RoleSpec } from '@pgsql/types'
import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { isNewObject } from '../destructive/is-new-object.js'
import { droppedName } from '../known/learn-drop.js'
import type { Hit, Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { roles } from './roles.js'

export const changeOwner: Rule = {
  id: 'change-owner',
  group: 'security',
  title: 'OWNER TO, REASSIGN OWNED',
  why: 'The owner may alter and drop it, grant on it, and is not bound by its policies; the one before loses all that at once. A role that migrates and owns no longer can not migrate any more.',
  instead: 'Keep one role that owns the schema and migrates, and give others what they need by GRANT.',
  levels: { development: 'off', staging: 'warn', production: 'force' },
  examples: {
    bad: [
      'alter table orders owner to app;',
      'alter function total() owner to app;',
      'reassign owned by old to app;',
    ],
    good: ['create table orders (id int); alter table orders owner to app;'],
  },
  *check(statement, { known, file }) {
    for (const { relation, command, span } of alterCommands(statement, file.file)) {
      if (command.subtype === 'AT_ChangeOwner' && !known.isNew(relation))
        yield { span, ...told(showRelation(relation), command.newowner) }
    }
    const owner = treeAs(statement, 'AlterOwnerStmt')
    if (owner && !isNewObject(known, owner.objectType ?? '', partsOf(owner)))
      yield told(showName(partsOf(owner)), owner.newowner)
    const all = treeAs(statement, 'ReassignOwnedStmt')
    if (all) yield told(`Everything of ${showList(roles(all.roles))} in this database`, all.newrole)
  },
}

function partsOf({ relation, object }: AlterOwnerStmt): string[] {
  if (relation) return [relation.schemaname ?? [], relation.relname ?? ''].flat()
  return object ? droppedName(object) : []
}

function told(what: string, owner: RoleSpec | undefined): Hit {
  const [name = ''] = owner ? roles([{ RoleSpec: owner }]) : []
  return {
    message: `${what} belongs to ${name} from now on, and no longer to who owned it before.`,
    help: `Grant ${name} what it needs instead; change owners by hand, with who runs the server.`,
  }
}
