import type { Reply } from '../../model/session.js'
import type { SupabaseRow } from '../../model/supabase.js'
import { beginReading } from '../../sql/begin-reading.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { doBlock } from '../do-block.js'
import { READING_LOCK_MS } from '../reading-limit.js'
import { SUPABASE_RELATION } from './supabase-table.js'

/** The one column of the answer to {@link supabaseQuery}: what it is found by among a message's results. */
const ANSWER_COLUMN = 'supabase_rows'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.supabase'

/**
 * Reads the Supabase CLI's table, whichever of its columns are there; null where there is none. In a transaction of its own,
 * with `row_security = off`, so that a role without rights gets an error and never an empty table.
 */
export function supabaseQuery(): string {
  return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${doBlock(`DECLARE told text := '';
BEGIN
  IF to_regclass(${quoteLiteral(SUPABASE_RELATION)}) IS NOT NULL THEN
    EXECUTE ${quoteLiteral(ROWS)} INTO told;
  END IF;
  PERFORM set_config('${ANSWER}', told, true);
END`)}
SELECT nullif(current_setting('${ANSWER}'), '') AS ${ANSWER_COLUMN};
COMMIT;`
}

/** A table of an older CLI lacks columns, which JSON does not mind. */
const ROWS = `SELECT coalesce(json_agg(json_build_object('version', row->>'version', 'name', row->>'name', 'statements', row->'statements')
    ORDER BY row->>'version' COLLATE "C"), '[]')
  FROM (SELECT to_json(t) AS row FROM ${SUPABASE_RELATION} t) rows`

/** Text → rows of {@link supabaseQuery}, in the order of the CLI. Undefined where there is no table, or the message did not ask. */
export function parseSupabase({ results }: Pick<Reply, 'results'>): SupabaseRow[] | undefined {
  const answer = results.find(({ columns }) => columns[0] === ANSWER_COLUMN)
  const text = answer?.rows[0]?.[0]
  return text ? (JSON.parse(text) as SupabaseRow[]).map(asRow) : undefined
}

/** A row that a person wrote may hold NULLs where the CLI writes none. */
function asRow({ version, name, statements }: SupabaseRow): SupabaseRow {
  return {
    version,
    name: name ?? null,
    statements: statements === null ? null : statements.map((statement) => statement ?? ''),
  }
}
