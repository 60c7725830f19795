import { quoteLiteral } from '../../sql/identifier.js'
import {
  CHAIN_FUNCTION,
  HISTORY_TABLE,
  IDENTITY_TABLE,
  SNAPSHOTS_TABLE,
  STATUS_FUNCTION,
  STATUS_VIEW,
} from '../tracking-names.js'
import { nameOf, withoutNeedlessQuotes } from './canonical-text.js'
import type { SchemaScope } from './schema-scope.js'

/**
 * Common table expressions that what is looked at hangs on: `member` (what belongs to an extension, or to a range), `ns`, `rel`, `typ`
 * and `fn`, each with its `kind` and full `name`. No system schema, nothing temporary, nothing of an extension, nothing
 * of ours.
 */
export function foundObjects(scope: SchemaScope): string {
  return `member AS MATERIALIZED (SELECT classid, objid FROM pg_depend
  WHERE deptype = 'e' OR deptype = 'i' AND classid IN ('pg_proc'::regclass, 'pg_cast'::regclass)),
ns AS MATERIALIZED (${namespaces(scope)}),
rel AS MATERIALIZED (${relations(scope)}),
typ AS MATERIALIZED (${types}),
fn AS MATERIALIZED (${functions(scope)})`
}

/** A condition: it does not belong to an extension. */
export function noMember(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM member WHERE classid = '${catalog}'::regclass AND objid = ${oid})`
}

function namespaces({ schemas }: SchemaScope): string {
  const wanted = schemas.length > 0 ? ` AND nspname IN (${schemas.map(quoteLiteral).join(', ')})` : ''
  return `SELECT oid, nspname, ${nameOf('nspname')} AS name, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'supabase_migrations')${wanted}`
}

function relations({ tracking }: SchemaScope): string {
  const ours = [tracking.table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE, STATUS_VIEW]
    .map(quoteLiteral)
    .join(', ')
  return `SELECT c.*, ns.name || '.' || ${nameOf('relname')} AS name, ns.name AS schema, CASE relkind
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
    WHEN 'c' THEN 'type' ELSE 'table' END AS kind
  FROM pg_class c JOIN ns ON ns.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND ${noMember('pg_class', 'c.oid')}
    AND NOT (nspname = ${quoteLiteral(tracking.schema)} AND (relname IN (${ours}) OR relkind = 'S' AND EXISTS (
      SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND t.relname IN (${ours}))))`
}

/** Without those that come with a table, and arrays. */
const types = `SELECT t.*, 'type' AS kind, ns.name || '.' || ${nameOf('typname')} AS name, ns.name AS schema
  FROM pg_type t JOIN ns ON ns.oid = typnamespace LEFT JOIN rel ON rel.oid = typrelid
  WHERE (typtype IN ('e', 'd', 'r') OR typtype = 'b' AND NOT (typcategory = 'A' AND typelem <> 0) OR rel.relkind = 'c')
    AND ${noMember('pg_type', 't.oid')}`

function functions({ tracking }: SchemaScope): string {
  return `SELECT p.*, CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
    ns.name || '.' || ${nameOf('proname')} || '(' || ${withoutNeedlessQuotes('oidvectortypes(proargtypes)')} || ')' AS name,
    ns.name AS schema
  FROM pg_proc p JOIN ns ON ns.oid = pronamespace
  WHERE ${noMember('pg_proc', 'p.oid')} AND NOT (nspname = ${quoteLiteral(tracking.schema)}
    AND proname IN (${quoteLiteral(STATUS_FUNCTION)}, ${quoteLiteral(CHAIN_FUNCTION)}) AND pronargs = 0)`
}
