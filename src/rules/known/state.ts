import type {
  Known,
  KnownColumn,
  KnownConstraint,
  KnownFunction,
  KnownIndex,
  KnownPolicy,
  KnownRelation,
  KnownType,
  Made,
} from './known.js'

/** A relation while files are read. */
export interface Relation extends KnownRelation {
  schema: string
  name: string
  columns: Map<string, KnownColumn>
  constraints: KnownConstraint[]
  indexes: KnownIndex[]
  rls: boolean
  rlsForced: boolean
  policies: KnownPolicy[]
  securityInvoker: boolean
  reads: readonly string[]
  partitionOf?: string
  grants: Map<string, Set<string>>
}

/** What is known, while files are read. */
export interface State extends Known {
  readonly relations: Map<string, Relation>
  readonly types: Map<string, KnownType>
  readonly schemas: Map<string, Made>
  readonly functions: Map<string, KnownFunction[]>
  /** Where the file being read looks for a name without a schema, and makes what it makes. */
  searchPath: readonly string[]
  relation(name: RelationName | undefined): Relation | undefined
  named(parts: readonly string[]): Relation | undefined
}

interface RelationName {
  readonly schemaname?: string
  readonly relname?: string
}

/** Of a session that nobody has set anything in. */
export const USUAL_PATH: readonly string[] = ['public']

/** Nothing is known. */
export function makeState(): State {
  const state: State = {
    relations: new Map(),
    types: new Map(),
    schemas: new Map(),
    functions: new Map(),
    searchPath: USUAL_PATH,
    named: (parts) => find(state, state.relations, parts),
    relation: (name) => (name === undefined ? undefined : state.named(partsOf(name))),
    type: (parts) => find(state, state.types, parts),
    isNew: (name) =>
      name !== undefined && (state.named(isParts(name) ? name : partsOf(name))?.isNew ?? false),
  }
  return state
}

/** What has a name, which may be without its schema. */
export function find<T>(
  { searchPath }: State,
  things: ReadonlyMap<string, T>,
  parts: readonly string[],
): T | undefined {
  const [name = '', schema] = parts.toReversed()
  for (const each of schema === undefined ? searchPath : [schema]) {
    const found = things.get(`${each}.${name}`)
    if (found) return found
  }
  return undefined
}

/** Schema and name of what a statement makes. */
export function placeOf({ searchPath }: State, parts: readonly string[]): { schema: string; name: string } {
  const [name = '', schema = searchPath[0] ?? 'public'] = parts.toReversed()
  return { schema, name }
}

/** The key that something is kept under. */
export function keyOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`
}

/** The parts of a relation's name: `['auth', 'users']`. */
export function partsOf({ schemaname, relname = '' }: RelationName): string[] {
  return schemaname === undefined ? [relname] : [schemaname, relname]
}

function isParts(name: RelationName | readonly string[]): name is readonly string[] {
  return Array.isArray(name)
}
