import { doBlock } from '../do-block.js'
import { schemaQuery, setAlike } from './schema-lines.js'
import type { SchemaScope } from './schema-scope.js'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.schema_now'

/**
 * SQL for an open transaction, which may only read: the lines of the schema as it is, as one text in the last result. What
 * it sets lasts as long as the transaction.
 */
export function schemaNowQuery(scope: SchemaScope): string {
  return `SET LOCAL search_path = pg_catalog, pg_temp;
${doBlock(`DECLARE
  said record;
BEGIN
  ${setAlike}
  EXECUTE ${schemaQuery(scope)} INTO said;
  PERFORM set_config('${ANSWER}', said.objects, true);
END`)}
SELECT current_setting('${ANSWER}');`
}
