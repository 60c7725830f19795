import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import type { Hit, Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { columnDependants, dependants } from './dependants.js'
import { dropped } from './dropped.js'

export const dropWithDependants: Rule = {
  id: 'drop-with-dependants',
  group: 'destructive',
  title: 'DROP of something that others hang on',
  why: 'The server refuses it (SQLSTATE 2BP01), and the migration fails half-way through a deployment: a view, a policy, a foreign key, a default or a column made by an earlier file needs what is dropped.',
  instead: `Drop or change what hangs on it first, by name:

\`\`\`sql
drop view recent_orders;
drop table orders;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'block' },
  claims: ['refused'],
  examples: {
    bad: [
      {
        sql: [
          'create table orders (id int); create view recent_orders as select * from orders;',
          'drop table orders;',
        ],
      },
    ],
    good: [
      {
        sql: [
          'create table orders (id int); create view recent_orders as select * from orders;',
          'drop view recent_orders; drop table orders;',
        ],
      },
    ],
  },
  *check(statement, { known, file }) {
    const drop = dropped(statement)
    if (drop && !drop.cascade) {
      const victims = dependants(known, drop.type, drop.names)
      if (victims.length > 0) yield told(showList(drop.names.map(showName)), victims)
    }
    for (const { relation, command, span } of alterCommands(statement, file.file)) {
      const { subtype, name = '', behavior } = command
      const table = known.relation(relation)
      if (subtype !== 'AT_DropColumn' || behavior === 'DROP_CASCADE' || !table) continue
      const victims = columnDependants(known, table, name)
      if (victims.length > 0)
        yield { span, ...told(`column ${showName([name])} of ${showRelation(relation)}`, victims) }
    }
  },
}

function told(what: string, victims: readonly string[]): Hit {
  const hang = victims.length === 1 ? 'hangs' : 'hang'
  return {
    message: `The server refuses to drop ${what}: ${showList(victims)} ${hang} on it.`,
    help: `Drop ${showList(victims)} first, or change ${victims.length === 1 ? 'it' : 'them'} so that ${what} is no longer needed.`,
  }
}
