import { quoteLiteral } from '../../sql/identifier.js'

/** Names of tables by which alone another tool is known: as it calls them unless it was configured otherwise. */
export const TELLING_TABLES: ReadonlyMap<string, string> = new Map([
  ['flyway_schema_history', 'Flyway'],
  ['databasechangelog', 'Liquibase'],
  ['_prisma_migrations', 'Prisma'],
  ['goose_db_version', 'goose'],
  ['pgmigrations', 'node-pg-migrate'],
  ['knex_migrations', 'Knex'],
  ['atlas_schema_revisions', 'Atlas'],
  ['_sqlx_migrations', 'sqlx'],
])

export interface TellingTable {
  readonly schema: string
  readonly name: string
}

/** SQL of a JSON list of {@link TellingTable}: looked up by name, however many tables there are. */
export const TELLING_TABLES_SQL = `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname IN (${[...TELLING_TABLES.keys()].map(quoteLiteral).join(', ')}) AND c.relkind IN ('r', 'p'))`

/** To whoever has no history here yet: without being adopted all files would be applied once more. */
export function noteTellingTables(found: readonly TellingTable[] = []): string[] {
  return found.map(
    ({ schema, name }) =>
      `The database has ${schema}.${name}, the history of ${TELLING_TABLES.get(name)}. adopt takes over what it has applied.`,
  )
}
