import { fromText } from '../../sql/from-text.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { doBlock } from '../do-block.js'
import { IDENTITY_TABLE } from '../tracking-names.js'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.identities'

/** SQL: what {@link readIdentities} found, as JSON: an identity, or why it can not be read, by schema. */
export const IDENTITIES = fromText('json', `nullif(current_setting('${ANSWER}', true), '')`)

/** So long somebody who changes the table is waited for. Milliseconds. */
const LOCK_MS = 2_000

/**
 * SQL that reads what targets remember of themselves, for a transaction with `search_path = pg_catalog, pg_temp`. Never fails: the
 * table may not be there, and the role may not be allowed to read it.
 */
export function readIdentities(schemas: readonly string[], table: string): string {
  const list = schemas.map(quoteLiteral).join(', ')
  return `SET LOCAL row_security = off;
SET LOCAL lock_timeout = ${LOCK_MS};
${doBlock(`DECLARE
  place name;
  one json;
  told jsonb := '{}';
BEGIN
  FOR place IN SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(IDENTITY_TABLE)} AND c.relkind = 'r'
  LOOP
    BEGIN
      EXECUTE format(${quoteLiteral(IDENTITY)}, place, ${quoteLiteral(table)}) INTO one;
    EXCEPTION WHEN OTHERS THEN one := json_build_object('unreadable', SQLERRM);
    END;
    told := told || jsonb_build_object(place, one);
  END LOOP;
  PERFORM set_config('${ANSWER}', told::text, true);
END`)}`
}

/** One row as `RecordedIdentity`; null where there is none. */
const IDENTITY = `SELECT json_build_object('id', id, 'project', project, 'environment', environment,
  'systemIdentifier', system_identifier, 'timeline', timeline, 'database', database_name, 'databaseOid', database_oid::bigint)
  FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`
