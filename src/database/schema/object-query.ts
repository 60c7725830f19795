import { CHAIN_FUNCTION, STATUS_FUNCTION, STATUS_VIEW } from '../tracking-names.js'

/** SQL of some kind of objects: rows of kind, name, what it is part of (`table public.books`, or nothing), definition. */
export interface ObjectQuery {
  readonly sql: string
  /**
   * A condition that takes no time, without which there is no row: planning the query takes longer than running it. The
   * relation `ours` holds the `oid` of the schema of our tables.
   */
  readonly onlyIf?: string
}

/** The server gives smaller ones to what it comes with. */
const FIRST_OWN = 16_384

/** A condition: the catalog holds something that did not come with the server. */
export function holdsOwn(catalog: string, condition = 'true'): string {
  return `EXISTS (SELECT FROM ${catalog} WHERE oid >= ${FIRST_OWN} AND ${condition})`
}

/** A condition: there are functions, ours aside. */
export function holdsFunctions(condition = 'true'): string {
  return holdsOwn(
    'pg_proc',
    `NOT (proname IN ('${STATUS_FUNCTION}', '${CHAIN_FUNCTION}') AND pronamespace IN (SELECT oid FROM ours)) AND ${condition}`,
  )
}

/** A condition: there are views, ours aside. */
export const HOLDS_VIEWS = holdsOwn(
  'pg_class',
  `relkind IN ('v', 'm') AND NOT (relname = '${STATUS_VIEW}' AND relnamespace IN (SELECT oid FROM ours))`,
)
