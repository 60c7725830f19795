import { quoteLiteral } from '../../sql/identifier.js'
import { inOneLine, withoutNeedlessQuotes } from './canonical-text.js'
import { codeObjects, databaseObjects } from './code-objects.js'
import { foreignObjects } from './foreign-objects.js'
import { foundObjects } from './found-objects.js'
import { relationObjects } from './relation-objects.js'
import { rightObjects } from './right-objects.js'
import type { SchemaScope } from './schema-scope.js'
import { tablePartObjects } from './table-part-objects.js'

/** What stands before the digest. Changed whenever the text of an unchanged schema would be another. */
export const FINGERPRINT_FORM = 'v1:sha256:'

/**
 * SQL: an expression of the text of a query, which has one row `(objects, fingerprint)`: a line for each object, `kind TAB
 * name TAB part of TAB definition` as COPY writes text, in the order of their bytes, each ended by a line feed; and
 * `v1:sha256:` and the digest of that in UTF-8. For {@link setAlike}. The query reads catalogs
 * only; what shows an expression locks its table for a moment against being dropped.
 */
export function schemaQuery(scope: SchemaScope): string {
  const wide = scope.schemas.length === 0 ? [...databaseObjects, ...foreignObjects] : []
  const parts = [
    ...relationObjects,
    ...tablePartObjects,
    ...codeObjects,
    ...rightObjects(scope),
    ...wide,
  ].map(({ sql, onlyIf = 'true' }) => `(${onlyIf}, ${quoteLiteral(sql)})`)
  return `(WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = ${quoteLiteral(scope.tracking.schema)}) SELECT concat(${quoteLiteral(`WITH ${foundObjects(scope)},\nobject (kind, name, part_of, definition) AS (`)},
  string_agg(part, ' UNION ALL '), ${quoteLiteral(`)\n${lines}`)}) FROM (VALUES ${parts.join(',\n')}) parts(wanted, part) WHERE wanted)`
}

const fields = ['kind', ...['name', 'part_of', 'definition'].map(withoutNeedlessQuotes)].map(inOneLine)

const lines = `SELECT objects, '${FINGERPRINT_FORM}' || encode(sha256(convert_to(objects, 'UTF8')), 'hex') AS fingerprint
FROM (SELECT coalesce(string_agg(line || chr(10), '' ORDER BY line COLLATE "C"), '') AS objects
  FROM (SELECT ${fields.join(' || chr(9) || ')} AS line FROM object) each_line) whole`

/**
 * Names and constants are written by these, which role or database may have set otherwise; the rest is for speed. With no
 * limit to the transaction, whose end would be that of the connection.
 */
const WRITTEN_ALIKE: Readonly<Record<string, string>> = {
  search_path: 'pg_catalog, pg_temp',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  lc_monetary: 'C',
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
  row_security: 'off',
  lock_timeout: '2s',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
}

/** PL/pgSQL, for the rest of the transaction: what {@link schemaQuery} is run with. */
export const setAlike = `PERFORM ${Object.entries(WRITTEN_ALIKE)
  .map(([name, value]) => `set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, true)`)
  .join(', ')};
  IF current_setting('transaction_timeout', true) IS NOT NULL THEN PERFORM set_config('transaction_timeout', '0', true); END IF;`
