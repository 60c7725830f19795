import type { DropStmt, Node } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { find, keyOf, placeOf, type Relation, type State } from './state.js'

/** What a DROP takes away: with CASCADE only what it names, since what hangs on it the files do not tell in full. */
export function learnDrop(
  state: State,
  { objects = [], removeType = 'OBJECT_TABLE', behavior }: DropStmt,
): void {
  for (const object of objects) {
    const parts = droppedName(object)
    if (RELATIONS.has(removeType)) removeRelation(state, parts)
    else if (TYPES.has(removeType)) remove(state, state.types, parts)
    else if (FUNCTIONS.has(removeType)) remove(state, state.functions, parts)
    else if (removeType === 'OBJECT_INDEX') removeIndex(state, parts)
    else if (removeType === 'OBJECT_POLICY') removePolicy(state, parts)
    else if (removeType === 'OBJECT_SCHEMA') removeSchema(state, parts, behavior === 'DROP_CASCADE')
  }
}

/** The parts of a name in a DROP: `['public', 'orders']`; of a policy or a trigger its table comes before it. */
export function droppedName(object: Node): string[] {
  const list = nodeAs(object, 'List')?.items
  if (list) return stringsOf(list)
  const text = nodeAs(object, 'String')?.sval
  if (text !== undefined) return [text]
  return stringsOf(nodeAs(object, 'ObjectWithArgs')?.objname ?? nodeAs(object, 'TypeName')?.names)
}

const RELATIONS: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_SEQUENCE',
])
const TYPES: ReadonlySet<string> = new Set(['OBJECT_TYPE', 'OBJECT_DOMAIN'])
const FUNCTIONS: ReadonlySet<string> = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE'])

function remove(state: State, things: Map<string, unknown>, parts: readonly string[]): void {
  if (find(state, things, parts) === undefined) return
  const [name = '', schema] = parts.toReversed()
  const at = schema ?? state.searchPath.find((each) => things.has(`${each}.${name}`))
  things.delete(`${at}.${name}`)
}

function removeRelation(state: State, parts: readonly string[]): void {
  const relation = state.named(parts)
  if (relation) state.relations.delete(keyOf(relation))
}

/** Names of indexes are unique in a schema, that of their table. */
function removeIndex(state: State, parts: readonly string[]): void {
  const { name, schema } = placeOf(state, parts)
  for (const table of state.relations.values()) {
    if (table.schema === schema && table.indexes.some((index) => index.name === name))
      table.indexes = table.indexes.filter((index) => index.name !== name)
  }
}

function removePolicy(state: State, parts: readonly string[]): void {
  const table: Relation | undefined = state.named(parts.slice(0, -1))
  if (table) table.policies = table.policies.filter(({ name }) => name !== parts.at(-1))
}

function removeSchema(state: State, [name = '']: readonly string[], cascade: boolean): void {
  state.schemas.delete(name)
  if (!cascade) return
  for (const things of [state.relations, state.types, state.functions]) {
    for (const key of things.keys()) if (key.startsWith(`${name}.`)) things.delete(key)
  }
}
