import type { SchemaChange, SchemaObject } from '../model/schema.js'
import { byBytes } from './by-bytes.js'

/**
 * What is in the second schema that is not in the first, is gone from it, or is defined otherwise; by kind and name. What
 * is part of something that was added or dropped went with it, and is left out.
 */
export function compareSchemas(
  before: readonly SchemaObject[],
  after: readonly SchemaObject[],
): SchemaChange[] {
  const was = new Map(before.map((object) => [keyOf(object), object]))
  const is = new Map(after.map((object) => [keyOf(object), object]))
  const changes = [...new Set([...was.keys(), ...is.keys()])].sort(byBytes).flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old?.definition === now?.definition) return []
    const object = (now ?? old) as SchemaObject
    const change = old === undefined ? 'added' : now === undefined ? 'dropped' : 'changed'
    return [{ change, object, old, now } as const]
  })
  const whole = new Set(changes.map(({ change, object }) => `${change} ${object.kind} ${object.name}`))
  return changes
    .filter(({ change, object }) => change === 'changed' || !whole.has(`${change} ${object.partOf}`))
    .map(({ change, object: { kind, name }, old, now }) => ({
      change,
      kind,
      name,
      ...(old === undefined ? {} : { before: old.definition }),
      ...(now === undefined ? {} : { after: now.definition }),
    }))
}

function keyOf({ kind, name }: SchemaObject): string {
  return `${kind}\n${name}`
}
