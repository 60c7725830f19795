import type { Made, Name } from '../../model/reach.js'
import { showName } from '../../sql/relation-name.js'

/** Finds by name; a name without a schema is that of any. */
export interface NameIndex {
  add(made: Made): void
  find(kind: Made['kind'], name: Name): readonly Made[]
  all(kind: Made['kind']): readonly Made[]
  /** What a relation is a partition or a child of, as far up as is known. */
  parentsOf(name: Name): readonly Name[]
  /** From here on a schema tells nothing. */
  loosen(): void
}

export function makeNameIndex(): NameIndex {
  const known = new Map<string, Made[]>()
  const added = new Set<Made>()
  const kinds = new Map<Made['kind'], Made[]>()
  const parents = new Map<string, { child: Name; parent: Name }[]>()
  let loose = false
  const isOne = (one: Name, other: Name) => (loose ? one.at(-1) === other.at(-1) : isSame(one, other))
  return {
    add(made) {
      if (added.has(made)) return
      added.add(made)
      listIn(known, `${made.kind} ${made.name.at(-1)}`).push(made)
      listIn(kinds, made.kind).push(made)
      if (made.part) listIn(parents, made.part.at(-1) ?? '').push({ child: made.part, parent: made.name })
    },
    find: (kind, name) =>
      [...(known.get(`${kind} ${name.at(-1)}`) ?? []), ...(known.get(`${kind} *`) ?? [])].filter(
        (made) => loose || isSame(made.name, name),
      ),
    parentsOf(name) {
      const found = new Map([[showName(name), name]])
      for (const next of found.values())
        for (const { child, parent } of parents.get(next.at(-1) ?? '') ?? [])
          if (isOne(child, next)) found.set(showName(parent), parent)
      return [...found.values()].slice(1)
    },
    all: (kind) => kinds.get(kind) ?? [],
    loosen() {
      loose = true
    },
  }
}

function listIn<Key, Value>(map: Map<Key, Value[]>, key: Key): Value[] {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}

/** Whether they may name the same. A schema that only one of them has tells nothing; `*` is any name. */
export function isSame(one: Name, other: Name): boolean {
  const [a, b] = [one.at(-1), other.at(-1)]
  if (a !== b && a !== '*' && b !== '*') return false
  const [schema, another] = [one.at(-2), other.at(-2)]
  return schema === undefined || another === undefined || schema === another
}
