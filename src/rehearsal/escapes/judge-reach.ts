import type { Made, Name, Reach, ReachedCall, ReachedUse } from '../../model/reach.js'
import { ANALYZES } from '../../sql/reach/reach-of-statement.js'
import { showName } from '../../sql/relation-name.js'
import { escapesBy } from './escaping-functions.js'
import { isSame, type NameIndex } from './name-index.js'
import { parseName } from './parse-name.js'
import type { TargetNames } from './target-names.js'

/** What is known when a statement is judged. */
export interface Judging {
  /** What runs when something is used: of the target, and of the files so far. */
  readonly known: NameIndex
  /** Those of them that were there before the run. */
  readonly old: ReadonlySet<Made>
  readonly target: TargetNames
  /** Sequences that the files so far have made, by their name without schema. */
  readonly sequences: Map<string, Name[]>
  /** What came to be known that no statement makes itself, but a function that it calls, say; and whether that moves names. */
  readonly hidden: Set<Made | 'moves names'>
}

/**
 * Why a statement is not to be sent, as a clause: what it does itself, or what runs because of it, through any number of
 * triggers, functions and defaults. Undefined where a rollback undoes all of it. What it makes is known from then on.
 */
export function judgeReach(judging: Judging, reach: Reach): string | undefined {
  const walk: Walk = { judging, seen: new Set(), where: [], doubt: undefined }
  return visit(walk, reach) ?? walk.doubt
}

interface Walk {
  readonly judging: Judging
  /** What was looked at needs no second look: there are cycles. */
  readonly seen: Set<Made>
  /** How it got to where it is. */
  readonly where: string[]
  /** The first thing that can not be told: told where nothing worse is found. */
  doubt: string | undefined
}

/** @returns what surely escapes */
function visit(walk: Walk, reach: Reach): string | undefined {
  const { calls = [], uses = [], commands = [], escapes = [], unknown = [] } = reach
  // A block may use what it makes.
  learn(walk.judging, reach)
  if (walk.where.length > 0) note(walk.judging, reach)
  const [certain] = escapes
  if (certain !== undefined) return placed(walk, certain)
  for (const call of calls) {
    const found = visitCall(walk, call)
    if (found !== undefined) return found
  }
  for (const use of uses) {
    const found = visitUse(walk, use)
    if (found !== undefined) return found
  }
  for (const command of commands) {
    const found = visitCommand(walk, command)
    if (found !== undefined) return found
  }
  const [doubt] = unknown
  if (doubt !== undefined) walk.doubt ??= placed(walk, doubt)
  return undefined
}

function learn({ known, target, sequences }: Judging, { makes = [], movesNames, ...reach }: Reach): void {
  target.create(reach.creates ?? [])
  for (const made of makes) known.add(made)
  for (const name of reach.sequences ?? []) {
    const last = name.at(-1) ?? ''
    sequences.set(last, [...(sequences.get(last) ?? []), name])
  }
  if (!movesNames) return
  known.loosen()
  target.loosen()
}

function note({ hidden }: Judging, { makes = [], movesNames }: Reach): void {
  for (const made of makes) hidden.add(made)
  if (movesNames) hidden.add('moves names')
}

/** `by the trigger a on t, in f() nextval() advances …` */
function placed({ where }: Walk, clause: string): string {
  const shown =
    where.length > MOST_SHOWN ? [...where.slice(0, MOST_SHOWN - 1), '…', ...where.slice(-1)] : where
  return shown.length === 0 ? clause : `${shown.join(', ')} ${clause}`
}

const MOST_SHOWN = 5

function visitMade(walk: Walk, made: Made): string | undefined {
  if (walk.seen.has(made) || walk.where.length > DEEPEST) return undefined
  walk.seen.add(made)
  walk.where.push(made.where)
  const found = visit(walk, made.reach())
  walk.where.pop()
  return found
}

/** Nothing that anybody wrote is nested so deep. */
const DEEPEST = 200

function visitCall(walk: Walk, call: ReachedCall): string | undefined {
  const { name } = call
  const isServers = name.length === 1 || name[0] === 'pg_catalog'
  if (isServers && SEQUENCE.has(name.at(-1) ?? '')) return visitSequence(walk, call)
  const functions = name[0] === 'pg_catalog' ? [] : walk.judging.known.find('function', name)
  const before = walk.doubt
  for (const made of functions) {
    const found = visitMade(walk, made)
    if (found !== undefined) return found
  }
  // Somebody's own function may have the name of an extension's.
  const isRead = functions.length > 0 && walk.doubt === before && !OF_SERVER.test(name.at(-1) ?? '')
  const does = isRead ? undefined : escapesBy(call)
  return does && placed(walk, `${showName(name)}() ${does}`)
}

const OF_SERVER = /^(?:pg_|lo_export|query_to_xml|cursor_to_xml|ts_stat)/

const SEQUENCE: ReadonlySet<string> = new Set(['nextval', 'setval'])

function visitSequence(walk: Walk, { name, argument, serialOf }: ReachedCall): string | undefined {
  const does = name.at(-1) === 'setval' ? 'sets' : 'advances'
  const told = (which: string) => placed(walk, `${name.at(-1)}() ${does} ${which}, which no rollback undoes`)
  const { target, sequences } = walk.judging
  if (serialOf !== undefined) {
    const table = parseName(serialOf)
    const [found] = table ? target.find(table) : []
    return !table || found ? told(`a sequence of ${showName(found?.name ?? [serialOf])}`) : undefined
  }
  const sequence = argument === undefined ? undefined : parseName(argument)
  if (!sequence) return told('a sequence')
  const [lasting] = target.lasting(sequence)
  if (lasting) return told(`the sequence ${showName(lasting.name)}`)
  const isKnown =
    target.find(sequence).length > 0 ||
    (sequences.get(sequence.at(-1) ?? '') ?? []).some((made) => isSame(made, sequence))
  return isKnown ? undefined : told(`the sequence ${showName(sequence)}`)
}

function visitUse(walk: Walk, use: ReachedUse): string | undefined {
  const { relation, does } = use
  const { known, old, target } = walk.judging
  if (does === 'analyze' && target.find(relation).length > 0) return placed(walk, ANALYZES)
  const own = known.find('relation', relation)
  // A partition has what its table has: triggers, defaults, checks that the run adds.
  const inherited = known.parentsOf(relation).flatMap((parent) => known.find('relation', parent))
  for (const made of [...own, ...inherited.filter(({ part }) => !part)]) {
    const isAbout = made.on === undefined || made.on.includes(does)
    const isGone = old.has(made) && target.isGone(made.name)
    if (!isAbout || isGone || !takesDefault(use, made)) continue
    const found = visitMade(walk, made)
    if (found !== undefined) return found
  }
  return undefined
}

/** An UPDATE takes a default only where it says so. */
function takesDefault({ does, defaults }: ReachedUse, { column, place = 0 }: Made): boolean {
  if (column === undefined) return true
  if (!defaults) return does === 'insert' || does === 'update'
  if ('but' in defaults) return !defaults.but.includes(column)
  if ('only' in defaults) return defaults.only.includes(column)
  return place === 0 || place > defaults.behind
}

function visitCommand(walk: Walk, command: string): string | undefined {
  for (const made of walk.judging.known.all('event trigger')) {
    const isAbout = command === '' || !made.commands || made.commands.includes(command)
    const found = isAbout ? visitMade(walk, made) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
