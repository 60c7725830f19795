import type { Tracking } from '../../model/target.js'
import { fromText } from '../../sql/from-text.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { doBlock } from '../do-block.js'
import { trackingNames } from '../tracking-names.js'
import { schemaQuery, setAlike } from './schema-lines.js'

/** SQLSTATE of the warning that the schema could not be recorded. Class DF is used by nobody else. */
const NOT_RECORDED = 'DF008'

/** So many are kept. */
const KEPT = 10

/**
 * SQL that records what the schema is, in a transaction of its own, for the end of a run. It never fails, so that no
 * migration does because of it: what goes wrong becomes a warning of the server. The tracking tables have to be there.
 *
 * @param schemas those that are recorded; empty: all
 */
export function recordSchema(tracking: Tracking, toolVersion: string, schemas: readonly string[]): string {
  const { snapshots, history } = trackingNames(tracking)
  return `BEGIN READ WRITE;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;
SET LOCAL statement_timeout = ${LOOK_WITHIN_MS};
${doBlock(`DECLARE
  said record;
BEGIN
  ${setAlike}
  EXECUTE ${schemaQuery({ tracking, schemas })} INTO said;
  INSERT INTO ${snapshots} (tool_version, server_major, schemas, history_seq, fingerprint, objects)
    SELECT ${quoteLiteral(toolVersion)}, ${fromText('integer', "current_setting('server_version_num')")} / 10000, ${arrayOf(schemas)},
      coalesce(max(seq), 0), said.fingerprint, said.objects FROM ${history};
  DELETE FROM ${snapshots} WHERE id NOT IN (SELECT id FROM ${snapshots} ORDER BY id DESC LIMIT ${KEPT});
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
  RAISE WARNING USING ERRCODE = '${NOT_RECORDED}', MESSAGE = 'the schema could not be recorded: ' || SQLERRM;
END`)}
COMMIT;`
}

/** How long the server may look, in milliseconds. */
export const LOOK_WITHIN_MS = 10_000

/** SQL: a sorted array of names. */
export function arrayOf(names: readonly string[]): string {
  return `ARRAY[${[...new Set(names)].sort().map(quoteLiteral).join(', ')}]::text[]`
}
