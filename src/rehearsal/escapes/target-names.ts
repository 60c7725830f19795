import type { Name, Reach } from '../../model/reach.js'
import { showName } from '../../sql/relation-name.js'
import type { EscapeFacts } from './escape-facts.js'
import { isSame } from './name-index.js'
import { parseName } from './parse-name.js'

/** A table, view, sequence or foreign table of the target. */
export interface TargetRelation {
  readonly name: Name
  readonly isSequence: boolean
  /** Its name alone finds it, where no other has it. */
  readonly isInPath: boolean
}

/** What of the target a name can still mean, in the course of a file. */
export interface TargetNames {
  /** Relations that were there before the run and that the file has not dropped. */
  find(name: Name): readonly TargetRelation[]
  /** Such sequences that a number taken from would stay taken. */
  lasting(name: Name): readonly TargetRelation[]
  /** Whether a relation of the target, as the facts name it, is gone in this file. */
  isGone(name: Name): boolean
  /** The run has made something by these names: they may mean that from here on. */
  create(names: readonly Name[]): void
  /** A statement of the file that is sent. */
  pass(reach: Reach): void
  loosen(): void
  /** What one file dropped is there again for the next: it may have been rolled back in between. */
  nextFile(): void
}

export function makeTargetNames(facts: EscapeFacts): TargetNames {
  const state: State = {
    facts,
    relations: relationsOf(facts),
    gone: new Set(),
    goneSchemas: new Set(),
    renewed: new Set(),
    created: new Set(),
    loose: false,
    pathMoved: false,
  }
  return {
    find: (name) => find(state, name),
    lasting: (name) =>
      find(state, name).filter((one) => one.isSequence && !state.renewed.has(showName(one.name))),
    isGone: (name) => isGone(state, name),
    create(names) {
      for (const name of names) state.created.add(name.at(-1) ?? '')
    },
    pass: (reach) => pass(state, reach),
    loosen() {
      state.loose = true
    },
    nextFile() {
      forget(state)
      state.pathMoved = false
    },
  }
}

interface State {
  readonly facts: EscapeFacts
  /** By their name without schema. */
  readonly relations: ReadonlyMap<string, readonly TargetRelation[]>
  readonly gone: Set<string>
  readonly goneSchemas: Set<string>
  /** Sequences with a file that goes with the transaction. */
  readonly renewed: Set<string>
  /** Names that the run has given to something, without schema. */
  readonly created: Set<string>
  loose: boolean
  pathMoved: boolean
}

function relationsOf({ path, user, relations }: EscapeFacts): Map<string, TargetRelation[]> {
  const schemas = schemasOf(path ?? '', user ?? '')
  const found = new Map<string, TargetRelation[]>()
  for (const [schema, last, kind] of relations ?? []) {
    const list = found.get(last) ?? []
    list.push({ name: [schema, last], isSequence: kind === 'S', isInPath: schemas.has(schema) })
    found.set(last, list)
  }
  return found
}

/** @param path as `SHOW search_path` has it: `"$user", public` */
function schemasOf(path: string, user: string): ReadonlySet<string> {
  const names = path.split(',').map((part) => parseName(part)?.[0] ?? '')
  return new Set(names.map((name) => (name === '$user' ? user : name)))
}

function isGone({ gone, goneSchemas }: State, name: Name): boolean {
  return gone.has(showName(name)) || goneSchemas.has(name.at(-2) ?? '')
}

function find(state: State, name: Name): readonly TargetRelation[] {
  return (state.relations.get(name.at(-1) ?? '') ?? []).filter(
    (relation) => (state.loose || isSame(relation.name, name)) && !isGone(state, relation.name),
  )
}

function pass(state: State, { drops = [], renews = [], restarts = [], movesPath, returns }: Reach): void {
  if (returns) forget(state)
  for (const name of drops) {
    const dropped = surely(state, name)
    if (name.at(-1) === '*' && !state.loose) state.goneSchemas.add(name[0] ?? '')
    else if (dropped) state.gone.add(showName(dropped))
  }
  for (const name of renews) {
    const sequence = surely(state, name)
    if (sequence) state.renewed.add(showName(sequence))
  }
  for (const name of restarts) {
    const table = surely(state, name)
    for (const [schema, sequence, ...owner] of table ? (state.facts.owned ?? []) : [])
      if (table && isSame(owner, table)) state.renewed.add(showName([schema, sequence]))
  }
  state.pathMoved ||= movesPath === true
}

function forget({ gone, goneSchemas, renewed }: State): void {
  for (const set of [gone, goneSchemas, renewed]) set.clear()
}

/** The one relation that a name means for sure. */
function surely(state: State, name: Name): Name | undefined {
  const [only, ...others] = find(state, name)
  if (!only || others.length > 0 || state.loose) return undefined
  // What has the name now may be new, and the old be there under another.
  if (state.created.has('*') || state.created.has(name.at(-1) ?? '')) return undefined
  return name.length > 1 || (only.isInPath && !state.pathMoved) ? only.name : undefined
}
