import type { RecordedIdentity, UnreadableIdentity } from '../model/identity.js'
import type { OtherHistory } from '../model/other-history.js'
import { beginReading } from '../sql/begin-reading.js'
import { fromText } from '../sql/from-text.js'
import { quoteLiteral } from '../sql/identifier.js'
import { TELLING_TABLES_SQL, type TellingTable } from './adopt/telling-tables.js'
import { IDENTITIES, readIdentities } from './identity/identities-query.js'
import { type FoundSystem, READ_SYSTEM, SYSTEM } from './identity/system-query.js'
import { type Namesake, namesakesSql } from './namesakes-query.js'
import { OTHER_HISTORIES, readOtherHistories } from './other-histories-query.js'
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
  /** Of the database: `UTF8`, `LATIN1`. */
  readonly encoding?: string
  readonly versionNumber: number
  readonly database: string
  /** Whose rights hold, where they are not those of the user that logged in. */
  readonly role?: string | null
  readonly databaseOid?: number
  readonly system?: FoundSystem
  readonly standby: boolean
  /** Where `default_transaction_read_only` comes from, as `pg_settings` has it; null where it is off. */
  readonly readOnly: { readonly source: string; readonly role: string } | null
  readonly schemas: readonly string[]
  readonly tables: readonly FoundTable[]
  readonly namesakes?: readonly Namesake[]
  /** Of our kind, at other places; null where there is one in our place. */
  readonly others?: readonly OtherHistory[] | null
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

/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
export function factsQuery(schemas: readonly string[], table: string): string {
  const list = schemas.map(quoteLiteral).join(', ')
  return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${readIdentities(schemas, table)}
${READ_SYSTEM}
${readOtherHistories(schemas, table)}
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'histories', ${TELLING_TABLES_SQL},
  'version', current_setting('server_version'),
  'encoding', getdatabaseencoding(),
  'versionNumber', ${fromText('integer', "current_setting('server_version_num')")},
  'database', current_database(),
  'role', CASE WHEN current_user <> session_user THEN current_user END,
  'databaseOid', (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
  'identities', ${IDENTITIES},
  'system', ${SYSTEM},
  'others', ${OTHER_HISTORIES},
  'namesakes', ${namesakesSql(schemas, table)},
  'standby', pg_is_in_recovery(),
  'readOnly', (SELECT json_build_object('source', source, 'role', session_user) FROM pg_settings
    WHERE name = 'default_transaction_read_only' AND setting = 'on'),
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(quoteLiteral).join(', ')})));
COMMIT;`
}
