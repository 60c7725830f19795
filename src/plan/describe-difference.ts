import type { SchemaChange } from '../model/schema.js'
import { describeDefinitions } from './describe-definitions.js'
import { describeRights } from './describe-rights.js'

/** What is said of an object, as the end of a sentence that begins with it. */
export type DifferenceWords = Readonly<Record<SchemaChange['change'], string>>

/** A sentence about one object that two schemas do not share. Names as they are. */
export function describeDifference(change: SchemaChange, words: DifferenceWords): string {
  const { kind, name } = change
  if (kind === 'rights' || kind === 'default privileges') {
    const what = kind === 'rights' ? `The rights on the ${name}` : `The default privileges of ${name}`
    return `${what} differ: ${describeRights(change)}.`
  }
  const what = `The ${kind} ${name} ${words[change.change]}`
  if (change.change !== 'changed') return `${what}.`
  return `${what}: ${describeDefinitions(change.before ?? '', change.after ?? '')}.`
}
