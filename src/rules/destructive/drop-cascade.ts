import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import type { Known } from '../known/known.js'
import type { Hit, Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { columnDependants, dependants } from './dependants.js'
import { dropped } from './dropped.js'
import { isNewObject } from './is-new-object.js'

export const dropCascade: Rule = {
  id: 'drop-cascade',
  group: 'destructive',
  title: 'DROP … CASCADE',
  why: 'The server drops everything that hangs on it too: views, foreign keys, policies, triggers, defaults, whole columns of a type. Which ones depends on what is in the database at that moment, and only notices tell.',
  instead: `Leave CASCADE out and drop each dependant by name before, so that the review shows what goes:

\`\`\`sql
drop view recent_orders;
drop table orders;
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  claims: ['victims'],
  examples: {
    bad: [
      'drop table orders cascade;',
      'drop function touch() cascade;',
      'alter table orders drop column note cascade;',
    ],
    good: ['drop table orders;', 'create table scratch (id int); drop table scratch cascade;'],
  },
  *check(statement, { known, file }) {
    yield* ofDrop(statement, known)
    for (const { relation, command, span, objectType } of alterCommands(statement, file.file)) {
      const { subtype, name = '', behavior } = command
      const what = DROPS.get(subtype ?? '')
      if (what === undefined || behavior !== 'DROP_CASCADE' || known.isNew(relation)) continue
      const table = known.relation(relation)
      const victims = table && what === 'column' ? columnDependants(known, table, name) : []
      const shown = objectType === 'OBJECT_TYPE' ? 'attribute' : what
      yield { span, ...told(`${shown} ${showName([name])} of ${showRelation(relation)}`, victims) }
    }
  },
}

const DROPS = new Map([
  ['AT_DropColumn', 'column'],
  ['AT_DropConstraint', 'constraint'],
])

/** Of a schema another rule tells. */
function* ofDrop(statement: Seen, known: Known): Generator<Hit> {
  const drop = dropped(statement)
  if (!drop?.cascade || drop.type === 'OBJECT_SCHEMA') return
  const names = drop.names.filter((parts) => !isNewObject(known, drop.type, parts))
  if (names.length > 0) yield told(showList(names.map(showName)), dependants(known, drop.type, drop.names))
}

function told(what: string, victims: readonly string[]): Hit {
  return {
    message:
      victims.length === 0
        ? `CASCADE drops whatever hangs on ${what}, and the text does not say what that is.`
        : `CASCADE drops what hangs on ${what} too: ${showList(victims)}, and what the files do not know of.`,
    help: 'Drop the dependants by name before it and leave CASCADE out: the server then refuses if something was forgotten.',
  }
}
