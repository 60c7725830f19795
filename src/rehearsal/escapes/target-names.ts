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
  /** The run has made something by these names: without a schema they may mean that from here on. */
  create(names: readonly Name[]): void
  /** A statement of the file that is sent. */
  pass(reach: Reach): void
  loosen(): void
  /** What one file dropped is there again for the next: it may have been rolled back in between. */
  nextFile(): void
}

export function makeTargetNames({ path, user, relations, owned }: EscapeFacts): TargetNames {
  const byLast = new Map<string, TargetRelation[]>()
  const schemas = schemasOf(path ?? '', user ?? '')
  for (const [schema, last, kind] of relations ?? []) {
    const relation = { name: [schema, last], isSequence: kind === 'S', isInPath: schemas.has(schema) }
    byLast.set(last, [...(byLast.get(last) ?? []), relation])
  }
  const gone = new Set<string>()
  const goneSchemas = new Set<string>()
  const renewed = new Set<string>()
  const created = new Set<string>()
  let loose = false
  let pathMoved = false
  const isGone = (name: Name) => gone.has(showName(name)) || goneSchemas.has(name.at(-2) ?? '')
  const find = (name: Name) =>
    (byLast.get(name.at(-1) ?? '') ?? []).filter(
      (relation) => (loose || isSame(relation.name, name)) && !isGone(relation.name),
    )
  /** The one relation that a name means for sure. */
  const surely = (name: Name): Name | undefined => {
    const [only, ...others] = find(name)
    if (!only || others.length > 0 || loose) return undefined
    const isHidden = pathMoved || created.has('*') || created.has(name.at(-1) ?? '')
    return name.length > 1 || (only.isInPath && !isHidden) ? only.name : undefined
  }
  const forget = () => {
    for (const set of [gone, goneSchemas, renewed]) set.clear()
  }
  const pass = ({ drops = [], renews = [], restarts = [], movesPath, returns }: Reach) => {
    if (returns) forget()
    for (const name of drops) {
      const dropped = surely(name)
      if (name.at(-1) === '*' && !loose) goneSchemas.add(name[0] ?? '')
      else if (dropped) gone.add(showName(dropped))
    }
    for (const name of renews) {
      const sequence = surely(name)
      if (sequence) renewed.add(showName(sequence))
    }
    for (const name of restarts) {
      const table = surely(name)
      if (!table) continue
      for (const [schema, sequence, ...owner] of owned ?? [])
        if (isSame(owner, table)) renewed.add(showName([schema, sequence]))
    }
    pathMoved ||= movesPath === true
  }
  return {
    find,
    isGone,
    pass,
    lasting: (name) => find(name).filter((one) => one.isSequence && !renewed.has(showName(one.name))),
    create(names) {
      for (const name of names) created.add(name.at(-1) ?? '')
    },
    loosen() {
      loose = true
    },
    nextFile() {
      forget()
      pathMoved = false
    },
  }
}

/** @param path as `SHOW search_path` has it: `"$user", public` */
function schemasOf(path: string, user: string): ReadonlySet<string> {
  const names = path.split(',').map((part) => parseName(part)?.[0] ?? '')
  return new Set(names.map((name) => (name === '$user' ? user : name)))
}
