/** A catalog whose rows are objects that statements make and drop, each with an oid of its own. */
export interface Catalog {
  readonly name: string
  /** What of it is no object for people. */
  readonly except?: string
}

/** Objects whose making and dropping is told. The catalog of columns has no oids: see `dropped` of a probe. */
export const CATALOGS: readonly Catalog[] = [
  { name: 'pg_class' },
  // Columns' NOT NULL are constraints from PostgreSQL 18 on, and nothing of their own before.
  { name: 'pg_constraint', except: "contype OPERATOR(pg_catalog.=) 'n'" },
  { name: 'pg_proc' },
  { name: 'pg_type' },
  { name: 'pg_trigger' },
  { name: 'pg_policy' },
  { name: 'pg_namespace', except: "pg_catalog.starts_with(nspname, 'pg_')" },
  { name: 'pg_extension' },
  { name: 'pg_rewrite' },
  { name: 'pg_event_trigger' },
  { name: 'pg_publication' },
  { name: 'pg_statistic_ext' },
  { name: 'pg_operator' },
  { name: 'pg_foreign_server' },
]

/** The same, and defaults of columns, which only a CASCADE drops alone: an array of oids. */
export const DROPPED_FROM = `ARRAY[${[...CATALOGS.map(({ name }) => name), 'pg_attrdef']
  .map((name) => `'pg_catalog.${name}'`)
  .join(', ')}]::pg_catalog.regclass[]::pg_catalog.oid[]`

/** Oids from here on are not the system's own. */
export const FIRST_USER_OID = 16384

/** How an object depends on what it is a part of: made and dropped with it. */
export const PART_OF = 'iePS'
