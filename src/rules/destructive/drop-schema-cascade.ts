import { showName } from '../../sql/relation-name.js'
import type { Known } from '../known/known.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { dropped } from './dropped.js'
import { isNewObject } from './is-new-object.js'

export const dropSchemaCascade: Rule = {
  id: 'drop-schema-cascade',
  group: 'destructive',
  title: 'DROP SCHEMA … CASCADE',
  why: 'Every table, view, function and type in the schema goes with all rows, and so does whatever hangs on them in other schemas: views, foreign keys, triggers. The server asks nothing and lists it only in notices.',
  instead: `Drop things by name, in the order in which they hang on each other, and the empty schema last:

\`\`\`sql
drop table billing.invoices;
drop schema billing;
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'never' },
  examples: {
    bad: ['drop schema billing cascade;'],
    good: ['drop schema billing;', 'create schema scratch; drop schema scratch cascade;'],
  },
  *check(statement, { known }) {
    const drop = dropped(statement)
    if (drop?.type !== 'OBJECT_SCHEMA' || !drop.cascade) return
    const names = drop.names.filter((parts) => !isNewObject(known, drop.type, parts))
    if (names.length === 0) return
    const victims = names.flatMap(([schema = '']) => inSchema(known, schema))
    const told = victims.length === 0 ? '' : `: ${showList(victims)}`
    yield {
      message: `DROP SCHEMA ${showList(names.map(showName))} CASCADE deletes everything in it and what hangs on that elsewhere${told}.`,
      help: 'Drop each thing by name in migrations before this one, then the empty schema without CASCADE.',
    }
  },
}

function inSchema(known: Known, schema: string): string[] {
  const all = [...known.relations.values(), ...known.types.values(), ...[...known.functions.values()].flat()]
  return all.filter((each) => each.schema === schema).map(({ name }) => showName([schema, name]))
}
