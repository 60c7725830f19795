import type { RecordedIdentity, UnreadableIdentity } from '../model/identity.js'
import { fromText } from '../sql/from-text.js'
import { quoteLiteral } from '../sql/identifier.js'
import { TELLING_TABLES_SQL, type TellingTable } from './adopt/telling-tables.js'
import { IDENTITIES, readIdentities } from './identity/identities-query.js'
import { type FoundTimeout, TIMEOUTS_ELSEWHERE } from './timeouts-elsewhere.js'
import { HISTORY_TABLE, IDENTITY_TABLE, SNAPSHOTS_TABLE } from './tracking-names.js'

/** What a server says of itself and of the tables in our place. */
export interface TargetFacts {
  readonly backend: number
  /** `version()`: the version, the platform and the compiler. */
  readonly build: string
  readonly timeouts: readonly FoundTimeout[]
  /** Of other tools. */
  readonly histories?: readonly TellingTable[]
  readonly version: string
  readonly versionNumber: number
  readonly database: string
  readonly databaseOid?: number
  readonly standby: boolean
  readonly readOnly: boolean
  readonly conforming: boolean
  readonly schemas: readonly string[]
  readonly tables: readonly FoundTable[]
  /** By schema: null where nothing is remembered; a schema without a table for it is left out. */
  readonly identities?: Readonly<Record<string, RecordedIdentity | UnreadableIdentity | null>>
}

export interface FoundTable {
  readonly schema: string
  readonly name: string
  readonly kind: string
  readonly comment: string | null
  readonly columns: readonly string[]
}

/**
 * Asks for the identifier of the database system. By default every role may (seen on PostgreSQL 15 and 18); the error
 * of one that may not must come when all else is said.
 */
export const SYSTEM_QUERY = 'SELECT system_identifier FROM pg_catalog.pg_control_system();'

/** The same for the timeline, which a standby is ahead by when it has taken over. */
export const TIMELINE_QUERY = 'SELECT timeline_id FROM pg_catalog.pg_control_checkpoint();'

/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
export function factsQuery(schemas: readonly string[], table: string): string {
  const list = schemas.map(quoteLiteral).join(', ')
  return `BEGIN READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL search_path = pg_catalog, pg_temp;
${readIdentities(schemas, table)}
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'histories', ${TELLING_TABLES_SQL},
  'version', current_setting('server_version'),
  'versionNumber', ${fromText('integer', "current_setting('server_version_num')")},
  'database', current_database(),
  'databaseOid', (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
  'identities', ${IDENTITIES},
  'standby', pg_is_in_recovery(),
  'readOnly', current_setting('default_transaction_read_only') = 'on',
  'conforming', current_setting('standard_conforming_strings') = 'on',
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(quoteLiteral).join(', ')})
      AND c.relkind NOT IN ('i', 'I', 'S', 't', 'c')));
COMMIT;`
}
