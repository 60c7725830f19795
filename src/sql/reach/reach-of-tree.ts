import type { FuncCall } from '@pgsql/types'
import type { Made, Name, Reach, ReachedCall, ReachedUse } from '../../model/reach.js'
import { nodeAs, stringsOf, treeAs } from '../tree.js'
import { type Visited, walkTree } from '../walk-tree.js'
import { nameOf } from './name-of.js'
import { writesOf } from './writes-of.js'

/** What runs when expressions and queries do: whatever is called, read and written in them. */
export function reachOfTree(root: unknown): Reach {
  const calls: ReachedCall[] = []
  const creates: Name[] = []
  const uses: ReachedUse[] = []
  for (const visited of walkTree(root)) {
    const call = callOf(visited)
    const into = treeAs(visited, 'IntoClause')?.rel
    if (call) calls.push(call)
    else if (into) creates.push(nameOf(into))
    else uses.push(...usesOf(visited))
  }
  const movesPath = calls.some(setsPath)
  return {
    ...(calls.length > 0 ? { calls } : {}),
    ...(uses.length > 0 ? { uses } : {}),
    ...(creates.length > 0 ? { creates } : {}),
    ...(movesPath ? { movesPath } : {}),
  }
}

/** What runs when what is about a relation is used. Nothing where nothing runs. */
export function madeOf(made: Omit<Made, 'reach' | 'kind'>, root: unknown): Made[] {
  const reach = reachOfTree(root)
  return reach.calls || reach.uses ? [{ ...made, kind: 'relation', reach: () => reach }] : []
}

function callOf(visited: Visited): ReachedCall | undefined {
  const call = treeAs(visited, 'FuncCall')
  if (!call) return undefined
  const [first] = call.args ?? []
  const argument = constantOf(first)
  const serialOf = argument === undefined ? serialOfCall(first) : undefined
  const trueAt = (call.args ?? []).flatMap((arg, index) => (isTrue(arg) ? [index] : []))
  return {
    name: stringsOf(call.funcname),
    ...(argument === undefined ? {} : { argument }),
    ...(serialOf === undefined ? {} : { serialOf }),
    ...(trueAt.length > 0 ? { trueAt } : {}),
  }
}

/** A text, whatever it is cast to. */
function constantOf(node: unknown): string | undefined {
  const cast = nodeAs(node, 'TypeCast')
  if (cast) return constantOf(cast.arg)
  const constant = nodeAs(node, 'A_Const')
  return constant?.sval && (constant.sval.sval ?? '')
}

function serialOfCall(node: unknown): string | undefined {
  const cast = nodeAs(node, 'TypeCast')
  if (cast) return serialOfCall(cast.arg)
  const call: FuncCall | undefined = nodeAs(node, 'FuncCall')
  const isSerial = stringsOf(call?.funcname).at(-1) === 'pg_get_serial_sequence'
  return isSerial ? constantOf(call?.args?.[0]) : undefined
}

function isTrue(node: unknown): boolean {
  return nodeAs(node, 'A_Const')?.boolval?.boolval === true
}

function usesOf(visited: Visited): readonly ReachedUse[] {
  const written = writesOf(visited)
  if (written.length > 0) return written
  const relation = treeAs(visited, 'RangeVar')
  if (relation) return [{ relation: nameOf(relation), does: 'read' }]
  const type = stringsOf(treeAs(visited, 'TypeName')?.names)
  return isOwn(type) ? [{ relation: type, does: 'read' }] : []
}

/** Only what somebody defined can have a default or a check. */
function isOwn(type: Name): boolean {
  const [first = ''] = type
  return type.length > 0 && first !== 'pg_catalog' && !(type.length === 1 && COMMON.has(first))
}

const COMMON: ReadonlySet<string> = new Set(
  'text uuid json jsonb date timestamptz bytea inet cidr name oid regclass serial bigserial smallserial serial4 serial8'.split(
    ' ',
  ),
)

function setsPath({ name, argument }: ReachedCall): boolean {
  return name.at(-1) === 'set_config' && (argument === undefined || PATHS.has(argument.trim().toLowerCase()))
}

/** Settings that decide what a name without a schema means. */
export const PATHS: ReadonlySet<string> = new Set(['search_path', 'role', 'session_authorization'])
