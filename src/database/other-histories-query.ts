import { fromText } from '../sql/from-text.js'
import { quoteLiteral } from '../sql/identifier.js'
import { doBlock } from './do-block.js'
import { DOCUMENT_COLUMNS, IDENTITY_TABLE, STATUS_CHECK } from './tracking-names.js'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.other_histories'

/** SQL: what {@link readOtherHistories} found, as a JSON list of `OtherHistory`; null where it did not look. */
export const OTHER_HISTORIES = fromText('json', `nullif(current_setting('${ANSWER}', true), '')`)

/**
 * SQL that reads the histories of our kind at other places, where there is none at the wanted one: whoever names a new
 * place would have all files applied once more. By their columns, and by the name of the custom runner's document or a
 * constraint of ours, which are looked up however many tables there are. For a transaction with
 * `search_path = pg_catalog, pg_temp`, a limit on locks, and row security off. Never fails.
 */
export function readOtherHistories(schemas: readonly string[], table: string): string {
  const list = schemas.map(quoteLiteral).join(', ')
  return doBlock(`DECLARE
  place name;
  relation name;
  one json;
  project text;
  told jsonb := '[]';
BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(table)} AND ${OF_OUR_KIND}) THEN RETURN; END IF;
  FOR place, relation IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT oid FROM pg_class WHERE relname IN (${quoteLiteral(table)}, 'schema_migrations')
        UNION SELECT conrelid FROM pg_constraint WHERE conname = '${STATUS_CHECK}')
      AND c.relpersistence <> 't' AND ${OF_OUR_KIND}
    ORDER BY 1, 2
  LOOP
    BEGIN
      project := NULL;
      IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = place AND c.relname = '${IDENTITY_TABLE}' AND c.relkind = 'r')
      THEN EXECUTE format(${quoteLiteral(PROJECT)}, place, relation) INTO project; END IF;
      EXECUTE format(${quoteLiteral(COMPLETED)}, place, relation) INTO one;
      one := json_build_object('schema', place, 'table', relation, 'project', project, 'completed', one);
    EXCEPTION WHEN OTHERS THEN
      one := json_build_object('schema', place, 'table', relation, 'code', SQLSTATE, 'unreadable', SQLERRM);
    END;
    told := told || jsonb_build_array(one);
  END LOOP;
  PERFORM set_config('${ANSWER}', told::text, true);
END`)
}

const OF_OUR_KIND = `c.relkind = 'r' AND ${DOCUMENT_COLUMNS.length} = (SELECT count(*) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN (${DOCUMENT_COLUMNS.map(quoteLiteral).join(', ')}))`

const PROJECT = `SELECT project FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`

const COMPLETED = `SELECT json_agg(json_build_array(version, name, checksum)) FROM %I.%I WHERE status = 'completed'`
