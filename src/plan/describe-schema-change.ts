import type { SchemaChange } from '../model/schema.js'
import { describeDefinitions } from './describe-definitions.js'
import { describeRights } from './describe-rights.js'

/** A sentence or two: what is there that was not, what is gone, or what of it is another now. Names as they are. */
export function describeSchemaChange(change: SchemaChange): string {
  const { kind, name } = change
  if (kind === 'rights' || kind === 'default privileges') {
    const what = kind === 'rights' ? `The rights on the ${name}` : `The default privileges of ${name}`
    return `${what} are not as the last run left them: ${describeRights(change)}.`
  }
  const the = `The ${kind} ${name}`
  if (change.change === 'added') return `${the} is in the database and was not when the last run ended.`
  if (change.change === 'dropped')
    return `${the} is gone from the database; it was there when the last run ended.`
  return `${the} is not as the last run left it: ${describeDefinitions(change.before ?? '', change.after ?? '')}.`
}
