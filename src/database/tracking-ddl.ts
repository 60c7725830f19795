import type { Tracking } from '../model/target.js'
import { quoteLiteral } from '../sql/identifier.js'
import { doBlock } from './do-block.js'
import { chainDdl } from './history/chain-ddl.js'
import { identityDdl } from './identity/identity-ddl.js'
import { STATUS_CHECK, type TrackingNames, trackingNames } from './tracking-names.js'

/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
export const TRACKING_VERSION = 4

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
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog, pg_temp`.
 */
export function trackingDdl(tracking: Tracking, schemaExists: boolean): string {
  if (tracking.version === TRACKING_VERSION) return ''
  const names = trackingNames(tracking)
  return [
    // What is there already is no news to anybody.
    'SET LOCAL client_min_messages = warning;',
    // In a schema that is made here, nothing is older.
    ...(schemaExists
      ? [dropReports(names), createTables(names), identityDdl(names), widenOlder(names), addColumns(names)]
      : [`CREATE SCHEMA ${names.schema};`, createTables(names, ADDED), identityDdl(names)]),
    chainDdl(names),
    addCheck(names),
    createReports(names),
    closeToOthers(names, !schemaExists),
    `COMMENT ON TABLE ${names.table} IS ${quoteLiteral(trackingComment(TRACKING_VERSION))};`,
    'SET LOCAL client_min_messages TO DEFAULT;',
  ]
    .filter(Boolean)
    .join('\n')
}

/** Columns, as a table has them after those of the custom runner's. */
interface Added {
  readonly table: readonly string[]
  readonly history: readonly string[]
}

const ADDED: Added = {
  table: [
    'executed_at timestamptz GENERATED ALWAYS AS (applied_at) STORED',
    "success boolean GENERATED ALWAYS AS (status = 'completed') STORED",
    'transaction_id xid8',
    'statements_done integer',
    'journal text',
    'run_url text',
    'run_attempt integer',
    'commit_sha text',
    'plan_hash text',
    'tool_version text',
  ],
  history: [
    'seq bigint GENERATED ALWAYS AS IDENTITY',
    'event text',
    'name text',
    'checksum text',
    'detail text',
    'system_identifier text',
    'forced text',
    'run_url text',
    'run_attempt integer',
    'commit_sha text',
    'plan_hash text',
    'tool_version text',
    'approver text',
    'approval_kind text',
    'approval_comment text',
    'prev_hash text',
    'hash text',
  ],
}

/**
 * The custom runner's tables as its document has them, so that its rows and ours are of one kind; and our own.
 *
 * @param added what they have beside that from the beginning
 */
function createTables(
  { table, history, snapshots }: TrackingNames,
  added: Added = { table: [], history: [] },
): string {
  const more = (columns: readonly string[]) => columns.map((column) => `,\n  ${column}`).join('')
  return `CREATE TABLE IF NOT EXISTS ${table} (
  version text PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz DEFAULT clock_timestamp(),
  checksum text NOT NULL,
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  applied_by text${more(added.table)}
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
  environment text${more(added.history)}
);
CREATE TABLE IF NOT EXISTS ${snapshots} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tool_version text NOT NULL,
  server_major integer NOT NULL,
  schemas text[] NOT NULL,
  history_seq bigint NOT NULL,
  fingerprint text NOT NULL,
  objects text NOT NULL
);`
}

/** The time is `widenOlder`'s: of what type it is, the older table says. */
function addColumns({ table, history }: TrackingNames): string {
  const add = (columns: readonly string[]) =>
    columns.map((column) => `\n  ADD COLUMN IF NOT EXISTS ${column}`).join(',')
  const own = ADDED.table.filter((column) => !column.startsWith('executed_at '))
  return `ALTER TABLE ${table}${add(own)};\nALTER TABLE ${history}${add(ADDED.history)};`
}

/**
 * An older table may allow fewer states than there are now, names and checksums shorter than ours, and may leave its
 * keys to the runner. Its times may be without a zone; those generated from them are then too.
 */
function widenOlder({ table, history }: TrackingNames): string {
  const both = `(${quoteLiteral(table)}::regclass, ${quoteLiteral(history)}::regclass)`
  return doBlock(`DECLARE
  relation regclass;
  part name;
BEGIN
  FOR relation, part IN SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid IN ${both}
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, part);
  END LOOP;
  FOR relation, part IN SELECT attrelid::regclass, attname FROM pg_attribute
    WHERE attrelid IN ${both} AND NOT attisdropped AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text', relation, part);
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${quoteLiteral(history)}::regclass AND attname = 'id'
    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
  THEN ALTER TABLE ${history} ALTER COLUMN id SET DEFAULT gen_random_uuid(); END IF;
  EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS executed_at %s GENERATED ALWAYS AS (applied_at) STORED',
    ${quoteLiteral(table)}, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = ${quoteLiteral(table)}::regclass AND attname = 'applied_at'));
END`)
}

function addCheck({ table }: TrackingNames): string {
  return `ALTER TABLE ${table} ADD CONSTRAINT ${STATUS_CHECK} CHECK
  (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));`
}

function dropReports({ statusFunction, statusView }: TrackingNames): string {
  return `DROP VIEW IF EXISTS ${statusView};\nDROP FUNCTION IF EXISTS ${statusFunction}();`
}

/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }: TrackingNames): string {
  return `CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS ${quoteLiteral(`
  SELECT count(*), count(*) FILTER (WHERE m.status = 'completed'), count(*) FILTER (WHERE m.status = 'pending'),
    count(*) FILTER (WHERE m.status IN ('failed', 'partial', 'unknown')),
    (array_agg(m.version ORDER BY m.applied_at DESC, m.version DESC) FILTER (WHERE m.status = 'completed'))[1],
    max(m.applied_at) FILTER (WHERE m.status = 'completed')
  FROM ${table} m`)};
CREATE VIEW ${statusView} WITH (security_invoker = true) AS
  SELECT version, name, status, applied_at, execution_time_ms, applied_by, error_message FROM ${table};`
}

/**
 * Only the owner keeps rights: Supabase's default privileges would show the tables to its API roles. A schema that was
 * there before keeps the rights it has.
 */
function closeToOthers(names: TrackingNames, ownSchema: boolean): string {
  const { table, history, snapshots, identity, statusFunction, chainFunction } = names
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${history} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${snapshots} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${identity} ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION ${statusFunction}(), ${chainFunction}() FROM PUBLIC;
${doBlock(`DECLARE
  kind text;
  object text;
  other text;
BEGIN
  FOR kind, object, other IN
    SELECT DISTINCT rights.kind, rights.object,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    FROM (${rightsGranted(names)}
    ) rights(kind, object, owner, acl) CROSS JOIN LATERAL aclexplode(acl)
    WHERE grantee <> owner${ownSchema ? '' : ` AND rights.kind <> 'SCHEMA'`}
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s CASCADE', kind, object, other);
  END LOOP;
END`)}`
}

/** Whatever in our place can carry rights: kind, name, owner, access list. */
function rightsGranted(names: TrackingNames): string {
  const { schema, table, history, snapshots, identity, statusFunction, statusView, chainFunction } = names
  const functions = [statusFunction, chainFunction]
    .map((name) => `${quoteLiteral(`${name}()`)}::regprocedure`)
    .join(', ')
  const relations = [table, history, snapshots, identity, statusView]
    .map((name) => `${quoteLiteral(name)}::regclass`)
    .join(', ')
  const sequences = [`${quoteLiteral(history)}, 'seq'`, `${quoteLiteral(snapshots)}, 'id'`]
    .map((column) => `pg_get_serial_sequence(${column})::regclass`)
    .join(', ')
  return `
      SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, relowner, relacl FROM pg_class
      WHERE oid IN (${relations}, ${sequences})
      UNION ALL SELECT 'TABLE', c.oid::regclass::text, c.relowner, a.attacl
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid IN (${relations})
      UNION ALL SELECT 'FUNCTION', oid::regprocedure::text, proowner, proacl FROM pg_proc
      WHERE oid IN (${functions})
      UNION ALL SELECT 'SCHEMA', quote_ident(nspname), nspowner, nspacl FROM pg_namespace
      WHERE oid = ${quoteLiteral(schema)}::regnamespace`
}
