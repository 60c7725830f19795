/** Where the Supabase CLI, its dashboard and its branches record what is applied. It can not be set otherwise. */
const SUPABASE_SCHEMA = 'supabase_migrations'
const SUPABASE_TABLE = 'schema_migrations'

/** The same, for SQL. */
export const SUPABASE_RELATION = `${SUPABASE_SCHEMA}.${SUPABASE_TABLE}`

/**
 * What every CLI from 2.99 to 3.1 sends before it applies anything, so that a table made by us is one made by it. Sent twice
 * it does no harm. A table of an older CLI lacks columns.
 */
export const SUPABASE_DDL = `CREATE SCHEMA IF NOT EXISTS ${SUPABASE_SCHEMA};
CREATE TABLE IF NOT EXISTS ${SUPABASE_RELATION} (version text NOT NULL PRIMARY KEY);
ALTER TABLE ${SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE ${SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS name text;`
