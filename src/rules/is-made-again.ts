import type { AlterTableCmd, RangeVar } from '@pgsql/types'
import { relationKey } from '../sql/relation-name.js'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from '../sql/tree.js'
import type { Context, JudgedFile, Seen } from './rule.js'

/** What a file can give back after it took it away, with what tells one of them from another. */
export type Made = `${Kind}:${string}`

type Kind =
  | 'column'
  | 'policy'
  | 'trigger'
  | 'constraint'
  | 'primary-key'
  | 'not-null'
  | 'relation'
  | 'function'
  | 'rls'
  | 'force-rls'
  | 'enabled-trigger'
  | 'enabled-event-trigger'
  | 'replication-role'
  | 'search-path'
  | 'security-invoker'

/** The file makes it in this statement or a later one: what was taken away is replaced, and nobody misses it. */
export function isMadeAgain({ file, index }: Pick<Context, 'file' | 'index'>, made: Made): boolean {
  return (places(file).get(made)?.last ?? -1) >= index
}

/** The file made it in an earlier statement: a column of a table that nothing else is known of. */
export function isMadeBefore({ file, index }: Pick<Context, 'file' | 'index'>, made: Made): boolean {
  return (places(file).get(made)?.first ?? index) < index
}

/** The key of a part of a relation: its policy, trigger or constraint. */
export function keyIn(relation: RangeVar | readonly string[] | undefined, name: string | undefined): string {
  return `${keyOf(relation)}.${name ?? ''}`
}

/** As `relationKey`; of a name in parts too. */
export function keyOf(relation: RangeVar | readonly string[] | undefined): string {
  if (!isParts(relation)) return relationKey(relation ?? {})
  const [name = '', schema] = relation.toReversed()
  return relationKey({ relname: name, ...(schema === undefined ? {} : { schemaname: schema }) })
}

function isParts(name: RangeVar | readonly string[] | undefined): name is readonly string[] {
  return Array.isArray(name)
}

interface Places {
  readonly first: number
  readonly last: number
}

/** Read once a file: a file may take away thousands of things. */
function places(file: JudgedFile): ReadonlyMap<Made, Places> {
  const known = READ.get(file)
  if (known) return known
  const found = new Map<Made, Places>()
  for (const [index, statement] of file.statements.entries()) {
    if (statement.within === 'function') continue
    for (const made of madeBy(statement))
      found.set(made, { first: found.get(made)?.first ?? index, last: index })
  }
  READ.set(file, found)
  return found
}

const READ = new WeakMap<JudgedFile, ReadonlyMap<Made, Places>>()

function madeBy({ node, tree }: Seen): readonly Made[] {
  return MAKERS[node as NodeKind]?.(tree as never) ?? []
}

const MAKERS: { readonly [Each in NodeKind]?: (tree: NodeOf<Each>) => readonly Made[] } = {
  CreatePolicyStmt: ({ table, policy_name }) => [`policy:${keyIn(table, policy_name)}`],
  CreateTrigStmt: ({ relation, trigname }) => [`trigger:${keyIn(relation, trigname)}`],
  CreateStmt: ({ relation }) => [`relation:${keyOf(relation)}`],
  CreateTableAsStmt: ({ into }) => [`relation:${keyOf(into?.rel)}`],
  ViewStmt: ({ view }) => [`relation:${keyOf(view)}`],
  RenameStmt: ({ relation, renameType, newname }) =>
    relation && RENAMED.has(renameType ?? '')
      ? [`relation:${relationKey({ ...relation, relname: newname ?? '' })}`]
      : [],
  CreateFunctionStmt: ({ funcname }) => [`function:${keyOf(stringsOf(funcname))}`],
  AlterFunctionStmt({ func, actions = [] }) {
    const key = keyOf(stringsOf(func?.objname))
    return actions.flatMap((action): Made[] => {
      const { defname, arg } = nodeAs(action, 'DefElem') ?? {}
      if (defname === 'security' && !nodeAs(arg, 'Boolean')?.boolval) return [`security-invoker:${key}`]
      const sets = nodeAs(arg, 'VariableSetStmt')
      return sets?.name === 'search_path' && sets.kind !== 'VAR_RESET' ? [`search-path:${key}`] : []
    })
  },
  AlterEventTrigStmt: ({ trigname, tgenabled }) =>
    tgenabled === 'D' || tgenabled === 'R' ? [] : [`enabled-event-trigger:${trigname}`],
  VariableSetStmt: ({ kind, name, args = [] }) =>
    (name === 'session_replication_role' && (kind !== 'VAR_SET_VALUE' || isOrdinary(args))) ||
    kind === 'VAR_RESET_ALL'
      ? ['replication-role:']
      : [],
  DiscardStmt: ({ target }) => (target === 'DISCARD_ALL' ? ['replication-role:'] : []),
  AlterTableStmt: ({ relation, cmds = [] }) =>
    cmds.flatMap((node) => madeByCommand(relation, nodeAs(node, 'AlterTableCmd') ?? {})),
}

const RENAMED = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'])

function isOrdinary(args: readonly unknown[]): boolean {
  const value = nodeAs(args[0], 'A_Const')?.sval?.sval?.toLowerCase()
  return value === 'origin' || value === 'local'
}

function madeByCommand(relation: RangeVar | undefined, { subtype, name, def }: AlterTableCmd): Made[] {
  const key = keyOf(relation)
  switch (subtype) {
    case 'AT_AddConstraint': {
      const constraint = nodeAs(def, 'Constraint')
      const made: Made[] = [`constraint:${keyIn(relation, constraint?.conname)}`]
      return constraint?.contype === 'CONSTR_PRIMARY' ? [...made, `primary-key:${key}`] : made
    }
    case 'AT_AddColumn':
      return [`column:${keyIn(relation, nodeAs(def, 'ColumnDef')?.colname)}`]
    case 'AT_SetNotNull':
      return [`not-null:${keyIn(relation, name)}`]
    case 'AT_EnableRowSecurity':
      return [`rls:${key}`]
    case 'AT_ForceRowSecurity':
      return [`force-rls:${key}`]
    case 'AT_EnableTrig':
    case 'AT_EnableAlwaysTrig':
      return [`enabled-trigger:${keyIn(relation, name)}`]
    case 'AT_EnableTrigAll':
      return [`enabled-trigger:${keyIn(relation, '*')}`, `enabled-trigger:${keyIn(relation, 'user')}`]
    case 'AT_EnableTrigUser':
      return [`enabled-trigger:${keyIn(relation, 'user')}`]
    default:
      return []
  }
}
