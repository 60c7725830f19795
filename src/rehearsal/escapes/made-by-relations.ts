import type { Deed, Made, Name, Reach } from '../../model/reach.js'
import type { Parser } from '../../sql/open-parser.js'
import { deedsOf, writesThrough } from '../../sql/reach/reach-of-object.js'
import { actionsMade, childMade, FILLING, foreignMade } from '../../sql/reach/reach-of-table.js'
import { showName } from '../../sql/relation-name.js'
import type { EscapeFacts } from './escape-facts.js'
import { readLazily } from './read-lazily.js'

/** What runs when tables and views of the target are used. */
export function* madeByRelations(parser: Parser, told: EscapeFacts): Generator<Made> {
  for (const one of told.defaults ?? []) yield ofDefault(parser, one)
  yield* ofTriggers(told)
  yield* ofViews(parser, told)
  for (const rule of told.rules ?? []) yield* readLazily(parser, rule)().makes ?? []
  for (const [schema, parent, childSchema, child] of told.children ?? [])
    yield* childMade([schema, parent], [childSchema, child])
  for (const one of told.foreignKeys ?? []) yield* ofForeignKey(one)
  for (const [schema, table, runsProgram] of told.foreign ?? [])
    yield* foreignMade([schema, table], runsProgram === true)
  for (const [schema, table, ...domain] of told.columnDomains ?? [])
    yield made([schema, table], FILLING, `in ${showName([schema, table])}`, {
      uses: [{ relation: domain, does: 'read' }],
    })
}

function made(name: Name, on: readonly Deed[], where: string, reach: Reach): Made {
  return { kind: 'relation', name, on, where, reach: () => reach }
}

type Each<Key extends keyof EscapeFacts> = NonNullable<EscapeFacts[Key]>[number]

function ofDefault(
  parser: Parser,
  [schema, table, column, isGenerated, place, expression]: Each<'defaults'>,
): Made {
  const name = [schema, table]
  const reach = readLazily(parser, `SELECT ${expression}`)
  if (isGenerated) {
    const where = `in ${showName([...name, column])}`
    return { kind: 'relation', name, on: FILLING, where, reach }
  }
  const where = `by the default of ${showName([column])} in ${showName(name)}`
  return { kind: 'relation', name, on: ['insert', 'update'], column, place, where, reach }
}

function* ofTriggers({ triggers, calls }: EscapeFacts): Generator<Made> {
  for (const [schema, table, trigger, events, ...name] of triggers ?? []) {
    const where = `by the trigger ${showName([trigger])} on ${showName([schema, table])}`
    yield made([schema, table], deedsOf(events), where, { calls: [{ name }] })
  }
  for (const [schema, table, deeds, place, ...name] of calls ?? []) {
    const where = `${place} ${showName([schema, table])}`
    yield made([schema, table], [...deeds].map(deedOf), where, { calls: [{ name }] })
  }
}

function deedOf(letter: string): Deed {
  return DEEDS[letter] ?? 'alter'
}

const DEEDS: Readonly<Record<string, Deed>> = {
  i: 'insert',
  u: 'update',
  d: 'delete',
  t: 'truncate',
  r: 'read',
  a: 'alter',
}

function* ofViews(parser: Parser, { views, definitions }: EscapeFacts): Generator<Made> {
  for (const [schema, view, below] of views ?? []) {
    const name = [schema, view]
    const where = `in the view ${showName(name)}`
    yield* writesThrough(name, below, where)
    const uses = below.map((relation) => ({ relation, does: 'read' as const }))
    yield made(name, ['read', 'alter'], where, { uses })
  }
  for (const [schema, view, query] of definitions ?? []) {
    const where = `in the view ${showName([schema, view])}`
    yield { kind: 'relation', name: [schema, view], where, reach: readLazily(parser, query) }
  }
}

function* ofForeignKey([schema, pointed, ...rest]: Each<'foreignKeys'>): Generator<Made> {
  const [childSchema, child, name, onDelete, onUpdate, truncates] = rest
  const table = [childSchema, child]
  yield* actionsMade([schema, pointed], table, name, onDelete, onUpdate)
  if (!truncates) return
  const where = `in ${showName(table)}`
  yield made([schema, pointed], ['truncate'], where, { uses: [{ relation: table, does: 'truncate' }] })
}
