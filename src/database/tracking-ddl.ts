import type { Tracking } from '../model/target.js'
import { quoteLiteral } from '../sql/identifier.js'
import { doBlock } from './do-block.js'
import { type TrackingNames, trackingNames } from './tracking-names.js'

/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
export const TRACKING_VERSION = 1

/** The comment by which our tables are known again; the number is their version. */
export function trackingComment(version: number): string {
  return `devflow-migrate tracking table, version ${version}`
}

/** @returns the version a table comment names, 0 where it names none */
export function trackingVersionOf(comment: string | null): number {
  return Number(/^devflow-migrate tracking table, version (\d+)$/.exec(comment ?? '')?.[1] ?? 0)
}

/**
 * SQL that creates the tracking tables, or brings older ones, the custom runner's included, to this version: columns
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog`.
 */
export function trackingDdl(tracking: Tracking, schemaExists: boolean): string {
  if (tracking.version === TRACKING_VERSION) return ''
  const names = trackingNames(tracking)
  return [
    // What is there already is no news to anybody.
    'SET LOCAL client_min_messages = warning;',
    schemaExists ? '' : `CREATE SCHEMA ${names.schema};`,
    createTables(names),
    addColumns(names),
    replaceChecks(names),
    createReports(names),
    closeToOthers(names),
    `COMMENT ON TABLE ${names.table} IS ${quoteLiteral(trackingComment(TRACKING_VERSION))};`,
    'SET LOCAL client_min_messages TO DEFAULT;',
  ]
    .filter(Boolean)
    .join('\n')
}

/** The custom runner's tables as its document has them, so that its rows and ours are of one kind. */
function createTables({ table, history }: TrackingNames): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (
  version text PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz DEFAULT clock_timestamp(),
  checksum text NOT NULL,
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  applied_by text
);
CREATE TABLE IF NOT EXISTS ${history} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version text NOT NULL,
  action text NOT NULL,
  executed_at timestamptz DEFAULT clock_timestamp(),
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  executed_by text,
  environment text
);`
}

function addColumns({ table, history }: TrackingNames): string {
  return `ALTER TABLE ${table}
  ADD COLUMN IF NOT EXISTS executed_at timestamptz GENERATED ALWAYS AS (applied_at) STORED,
  ADD COLUMN IF NOT EXISTS success boolean GENERATED ALWAYS AS (status = 'completed') STORED,
  ADD COLUMN IF NOT EXISTS transaction_id xid8,
  ADD COLUMN IF NOT EXISTS statements_done integer,
  ADD COLUMN IF NOT EXISTS run_url text,
  ADD COLUMN IF NOT EXISTS run_attempt integer,
  ADD COLUMN IF NOT EXISTS commit_sha text,
  ADD COLUMN IF NOT EXISTS plan_hash text,
  ADD COLUMN IF NOT EXISTS tool_version text;
ALTER TABLE ${history}
  ADD COLUMN IF NOT EXISTS seq bigint GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN IF NOT EXISTS event text,
  ADD COLUMN IF NOT EXISTS run_url text,
  ADD COLUMN IF NOT EXISTS run_attempt integer,
  ADD COLUMN IF NOT EXISTS commit_sha text,
  ADD COLUMN IF NOT EXISTS plan_hash text,
  ADD COLUMN IF NOT EXISTS tool_version text;`
}

/** An older table may allow fewer states than there are now. */
function replaceChecks({ table, history }: TrackingNames): string {
  return doBlock(`DECLARE
  check_name name;
  relation regclass;
BEGIN
  FOR relation, check_name IN
    SELECT conrelid::regclass, conname FROM pg_constraint
    WHERE contype = 'c' AND conrelid IN (${quoteLiteral(table)}::regclass, ${quoteLiteral(history)}::regclass)
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, check_name);
  END LOOP;
  ALTER TABLE ${table} ADD CONSTRAINT devflow_status CHECK
    (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));
END`)
}

/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }: TrackingNames): string {
  return `DROP VIEW IF EXISTS ${statusView};
DROP FUNCTION IF EXISTS ${statusFunction}();
CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog AS ${quoteLiteral(`
  SELECT count(*), count(*) FILTER (WHERE m.status = 'completed'), count(*) FILTER (WHERE m.status = 'pending'),
    count(*) FILTER (WHERE m.status IN ('failed', 'partial', 'unknown')),
    (array_agg(m.version ORDER BY m.applied_at DESC, m.version DESC) FILTER (WHERE m.status = 'completed'))[1],
    max(m.applied_at) FILTER (WHERE m.status = 'completed')
  FROM ${table} m`)};
CREATE VIEW ${statusView} WITH (security_invoker = true) AS
  SELECT version, name, status, applied_at, execution_time_ms, applied_by, error_message FROM ${table};`
}

/** Only the owner keeps rights: Supabase's default privileges would show the tables to its API roles. */
function closeToOthers({ table, history, statusFunction, statusView }: TrackingNames): string {
  const relations = [table, history, statusView].map((name) => `${quoteLiteral(name)}::regclass`).join(', ')
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${history} ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION ${statusFunction}() FROM PUBLIC;
${doBlock(`DECLARE
  kind text;
  object text;
  other text;
BEGIN
  FOR kind, object, other IN
    SELECT DISTINCT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text,
      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
    WHERE a.grantee <> c.relowner
      AND (c.oid IN (${relations}) OR c.oid = pg_get_serial_sequence(${quoteLiteral(history)}, 'seq')::regclass)
    UNION ALL
    SELECT DISTINCT 'FUNCTION', p.oid::regprocedure::text, quote_ident(pg_get_userbyid(a.grantee))
    FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) a
    WHERE p.oid = ${quoteLiteral(`${statusFunction}()`)}::regprocedure AND a.grantee NOT IN (0, p.proowner)
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s', kind, object, other);
  END LOOP;
END`)}`
}
