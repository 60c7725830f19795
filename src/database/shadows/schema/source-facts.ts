import type { Session } from '../../../model/session.js'
import { beginReading } from '../../../sql/begin-reading.js'
import { quoteLiteral } from '../../../sql/identifier.js'
import { SUPABASE_SCHEMAS } from './supabase-prelude.js'

/** What a target has that its schema's dump leaves out, or stumbles over. */
export interface SourceFacts {
  /** The names that the server itself has: a pooler may have others. */
  readonly role: string
  readonly database: string
  /** All but PostgreSQL's own. */
  readonly roles: readonly SourceRole[]
  readonly members: readonly { readonly role: string; readonly member: string; readonly admin: boolean }[]
  /** What a session begins with, where it decides what a migration means. */
  readonly settings: readonly { readonly name: string; readonly value: string }[]
  readonly hasPublic: boolean
  /** Tables, views, functions, types and whatever else somebody made. */
  readonly objects: number
  /** The same, without what Supabase itself made. */
  readonly ownObjects: number
  /** Names of tables, views and functions in the schemas that are Supabase's; none unless the target looks like one of its databases. */
  readonly platform: readonly string[]
  /** Tables that the role may not read, which a dump has to leave out. */
  readonly unreadable: readonly { readonly schema: string; readonly name: string }[]
  /** All but the two that each server has. */
  readonly tablespaces: readonly string[]
}

export interface SourceRole {
  readonly name: string
  readonly superuser: boolean
  readonly createdb: boolean
  readonly createrole: boolean
  readonly bypassrls: boolean
  readonly inherit: boolean
}

/** Reads a target in one turn, and sets nothing on it. @throws Error where it can't be read */
export async function readSourceFacts(session: Session): Promise<SourceFacts> {
  const reply = await session.send(QUERY)
  const text = reply.results.at(-1)?.rows[0]?.[0]
  if (reply.state === 'E') await session.send('ROLLBACK;')
  if (reply.error || !text)
    throw new Error(`the target could not be read: ${reply.error?.message ?? 'no answer'}`)
  return JSON.parse(text) as SourceFacts
}

/** All of them change what the same statement does. */
const SETTINGS = [
  ...['search_path', 'TimeZone', 'DateStyle', 'IntervalStyle', 'default_text_search_config'],
  ...['array_nulls', 'transform_null_equals', 'check_function_bodies'],
]

const list = (select: string) => `(SELECT coalesce(json_agg(x), '[]') FROM (${select}) x)`

const OWN_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

const made = (where: string) =>
  [
    ['pg_class', 'relnamespace'],
    ['pg_proc', 'pronamespace'],
    ['pg_type', 'typnamespace'],
  ]
    .map(
      ([catalog, column]) =>
        `(SELECT count(*) FROM ${catalog} c JOIN pg_namespace n ON n.oid = c.${column} WHERE ${where})`,
    )
    .join(' + ')

const OF_SUPABASE = `n.nspname IN (${SUPABASE_SCHEMAS.map(quoteLiteral).join(', ')})`
const PLATFORM = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OF_SUPABASE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OF_SUPABASE}`

const QUERY = `${beginReading()}
SET LOCAL statement_timeout = '30s';
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT json_build_object(
  'role', current_user,
  'database', current_database(),
  'roles', ${list(`SELECT rolname AS name, rolsuper AS superuser, rolcreatedb AS createdb, rolcreaterole AS createrole,
    rolbypassrls AS bypassrls, rolinherit AS inherit FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname`)},
  'members', ${list(`SELECT r.rolname AS role, m.rolname AS member, bool_or(a.admin_option) AS admin
    FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE m.rolname !~ '^pg_' GROUP BY 1, 2 ORDER BY 1, 2`)},
  'settings', ${list(`SELECT name, reset_val AS value FROM pg_settings
    WHERE name IN (${SETTINGS.map(quoteLiteral).join(', ')}) AND reset_val IS NOT NULL ORDER BY name`)},
  'hasPublic', EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public'),
  'ownObjects', ${made(`${OWN_SCHEMA} AND NOT ${OF_SUPABASE}`)},
  'platform', (SELECT CASE WHEN to_regnamespace('auth') IS NULL OR to_regrole('authenticated') IS NULL THEN '[]' ELSE coalesce(json_agg(name), '[]') END FROM (${PLATFORM}) x),
  'objects', ${made(OWN_SCHEMA)} + (SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'),
  'unreadable', ${list(`SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${OWN_SCHEMA}
      AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2`)},
  'tablespaces', (SELECT coalesce(json_agg(spcname), '[]') FROM pg_tablespace WHERE spcname !~ '^pg_'));
COMMIT;`
