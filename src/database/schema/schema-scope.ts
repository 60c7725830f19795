import type { Tracking } from '../../model/target.js'

/** Which part of a database is looked at. */
export interface SchemaScope {
  /** Its tables, and all that is theirs, are left out; so is their schema, unless it is `public`. */
  readonly tracking: Pick<Tracking, 'schema' | 'table'>
  /** Nothing but these schemas and what is in them; empty: all, and what is in none. */
  readonly schemas: readonly string[]
}
