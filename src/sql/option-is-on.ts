import type { Node } from '@pgsql/types'
import { nodeAs } from './tree.js'

/**
 * Whether a yes-or-no option is on in a list of options: `VACUUM (FULL off)`, `REINDEX (CONCURRENTLY) …`. As the server
 * reads it: without a value it is on, the last one given wins, and what is no boolean counts as off here and is refused there.
 */
export function optionIsOn(options: readonly Node[] | undefined, name: string): boolean {
  const given = (options ?? [])
    .map((each) => nodeAs(each, 'DefElem'))
    .findLast((each) => each?.defname?.toLowerCase() === name)
  if (given === undefined) return false
  if (given.arg === undefined) return true
  const number = nodeAs(given.arg, 'Integer')
  if (number) return number.ival === 1
  const text = nodeAs(given.arg, 'String')?.sval?.toLowerCase()
  return text === 'true' || text === 'on' || text === '1' || nodeAs(given.arg, 'Boolean')?.boolval === true
}
