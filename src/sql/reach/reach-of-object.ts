import type {
  CreateEventTrigStmt,
  CreateTrigStmt,
  DefineStmt,
  PrepareStmt,
  RangeVar,
  RuleStmt,
} from '@pgsql/types'
import type { Deed, Made, Name, Reach } from '../../model/reach.js'
import { showName } from '../relation-name.js'
import { nodeAs, stringsOf } from '../tree.js'
import { nodesOf } from '../walk-tree.js'
import { mergeReach } from './merge-reach.js'
import { nameOf } from './name-of.js'
import { madeOf, reachOfTree } from './reach-of-tree.js'

/** What reading a view runs, and where writing to it writes. */
export function viewMade(name: Name, query: unknown): Made[] {
  const where = `in the view ${showName(name)}`
  const below = [...nodesOf({ node: '', tree: [query] }, 'RangeVar')].map(nameOf)
  return [...madeOf({ name, where }, query), ...writesThrough(name, below, where)]
}

/** What is done to a relation is done to others, with any column left to its default. */
export function writesThrough(name: Name, below: readonly Name[], where: string): Made[] {
  if (below.length === 0) return []
  return (['insert', 'update', 'delete'] as const).map((does) => {
    const reach: Reach = { uses: below.map((relation) => ({ relation, does })) }
    return { kind: 'relation', name, on: [does], where, reach: () => reach }
  })
}

export function triggerMade({ trigname, relation = {}, ...tree }: CreateTrigStmt): Made[] {
  const { funcname, whenClause, events = 0 } = tree
  const name = nameOf(relation)
  const reach = mergeReach([reachOfTree(whenClause), { calls: [{ name: stringsOf(funcname) }] }])
  const where = `by the trigger ${showName([trigname ?? ''])} on ${showName(name)}`
  return [{ kind: 'relation', name, on: deedsOf(events), where, reach: () => reach }]
}

/** @param events bits as in `pg_trigger.tgtype` */
export function deedsOf(events: number): readonly Deed[] {
  return BITS.filter(([bit]) => (events & bit) !== 0).map(([, deed]) => deed)
}

const BITS: readonly (readonly [number, Deed])[] = [
  [4, 'insert'],
  [8, 'delete'],
  [16, 'update'],
  [32, 'truncate'],
]

export function ruleMade({ rulename, relation = {}, event, whereClause, actions }: RuleStmt): Made[] {
  const name = nameOf(relation)
  const on = EVENTS[event ?? '']
  const where = `by the rule ${showName([rulename ?? ''])} on ${showName(name)}`
  return madeOf({ name, ...(on ? { on: [on] } : {}), where }, [whereClause, actions])
}

const EVENTS: Readonly<Record<string, Deed>> = {
  CMD_SELECT: 'read',
  CMD_INSERT: 'insert',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
}

export function policyMade(table: RangeVar = {}, expressions: unknown): Made[] {
  const name = nameOf(table)
  return madeOf({ name, where: `by a policy on ${showName(name)}` }, expressions)
}

/** Its default and checks, wherever something is of that type. */
export function domainMade(name: Name, constraints: unknown): Made[] {
  return madeOf({ name, where: `in the domain ${showName(name)}` }, constraints)
}

/** An aggregate calls its functions. */
export function aggregateMade({ kind, defnames, definition = [] }: DefineStmt): Made[] {
  if (kind !== 'OBJECT_AGGREGATE') return []
  const calls = definition.flatMap((option) => {
    const { defname = '', arg } = nodeAs(option, 'DefElem') ?? {}
    return defname.endsWith('func') ? [{ name: stringsOf(nodeAs(arg, 'TypeName')?.names) }] : []
  })
  const name = stringsOf(defnames)
  return [{ kind: 'function', name, where: `in ${showName(name)}()`, reach: () => ({ calls }) }]
}

export function eventTriggerMade({ trigname = '', funcname, whenclause = [] }: CreateEventTrigStmt): Made[] {
  const tags = whenclause.flatMap((option) =>
    stringsOf(nodeAs(nodeAs(option, 'DefElem')?.arg, 'List')?.items),
  )
  return [
    {
      kind: 'event trigger',
      name: [trigname],
      where: `by the event trigger ${showName([trigname])}`,
      ...(tags.length > 0 ? { commands: tags } : {}),
      reach: () => ({ calls: [{ name: stringsOf(funcname) }] }),
    },
  ]
}

export function preparedMade({ name = '', query }: PrepareStmt): Made[] {
  return madeOf({ name: [name], where: `in the prepared statement ${showName([name])}` }, query)
}
