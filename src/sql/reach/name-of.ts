import type { RangeVar } from '@pgsql/types'
import type { Name } from '../../model/reach.js'

export function nameOf({ schemaname, relname = '' }: RangeVar): Name {
  return schemaname === undefined ? [relname] : [schemaname, relname]
}

/** A name in the schema of another, as RENAME gives it. */
export function besides(name: Name, last: string): Name {
  return [...name.slice(0, -1), last]
}
