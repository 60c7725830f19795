import type { RangeVar } from '@pgsql/types'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'
import { keyOf } from '../known/state.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { emptiedTables } from './emptied-tables.js'

export const truncateCascade: Rule = {
  id: 'truncate-cascade',
  group: 'destructive',
  title: 'TRUNCATE … CASCADE',
  why: 'Every table with a foreign key to these is emptied too, and every table with one to those, whatever ON DELETE says and whether its rows refer to anything or not.',
  instead:
    'Name all tables that are to be emptied, and leave CASCADE out: the server refuses if one was forgotten.',
  levels: { development: 'warn', staging: 'force', production: 'never' },
  examples: {
    bad: ['truncate customers cascade;'],
    good: ['truncate customers, orders;', 'create table scratch (id int); truncate scratch cascade;'],
  },
  *check(statement, { known }) {
    const tree = treeAs(statement, 'TruncateStmt')
    if (tree?.behavior !== 'DROP_CASCADE') return
    const tables = emptiedTables(tree, known)
    if (tables.length === 0) return
    const victims = referring(
      known,
      tables.map((table) => keyInKnown(known, table)),
    )
    const told = victims.length === 0 ? '' : `: ${showList(victims)}`
    yield {
      message: `TRUNCATE … CASCADE empties ${showList(tables.map(showRelation))} and every table with a foreign key to what it empties${told}.`,
      help: 'Name each table that is to be emptied and leave CASCADE out.',
    }
  },
}

function keyInKnown(known: Known, table: RangeVar): string {
  const relation = known.relation(table)
  return relation ? keyOf(relation) : relationKey(table)
}

/** The tables that refer to those, and those that refer to them. */
function referring(known: Known, keys: readonly string[]): string[] {
  const gone = new Set(keys)
  const left = [...keys]
  const found: string[] = []
  for (let key = left.pop(); key !== undefined; key = left.pop()) {
    for (const [other, { constraints, schema, name }] of known.relations) {
      if (gone.has(other) || !constraints.some(({ references }) => references === key)) continue
      gone.add(other)
      left.push(other)
      found.push(showName(schema === 'public' ? [name] : [schema, name]))
    }
  }
  return found
}
