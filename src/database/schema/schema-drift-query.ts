import type { SchemaChange, SchemaComparison } from '../../model/schema.js'
import type { Rows } from '../../model/session.js'
import type { Tracking } from '../../model/target.js'
import { beginReading } from '../../sql/begin-reading.js'
import { fromText } from '../../sql/from-text.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { doBlock } from '../do-block.js'
import { trackingNames } from '../tracking-names.js'
import { readField } from './canonical-text.js'
import { arrayOf, LOOK_WITHIN_MS } from './record-schema.js'
import { FINGERPRINT_FORM, schemaQuery, setAlike } from './schema-lines.js'

/** Since when the tables hold what the schema was. */
const RECORDED_SINCE = 4

/** So many changes are told one by one. */
const MOST_TOLD = 100

/** A definition is cut at so many characters. */
const LONGEST_TOLD = 2_000

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.schema_comparison'

/** By which its result is known among others. */
const COLUMN = 'schema_comparison'

/**
 * SQL that compares the schema with the one that was recorded last, in a transaction of its own that only reads: one
 * result, which {@link parseSchemaComparison} reads. It never fails, whatever rights the role has. Empty where nothing
 * can have been recorded.
 *
 * @param schemas those that are compared; empty: all
 * @param files how many there are: nothing is compared unless fewer are completed, which takes no time. Absent: always
 */
export function schemaDriftQuery(tracking: Tracking, schemas: readonly string[], files?: number): string {
  if (tracking.version === 'absent' || tracking.version < RECORDED_SINCE) return ''
  return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = ${LOOK_WITHIN_MS};
${doBlock(`DECLARE
  was record;
  is_now record;
  answer json;
BEGIN
  ${unlessDone(tracking, files)}
  ${setAlike}
  ${lookAtRecorded(tracking, schemas)}
  IF answer IS NULL THEN
    EXECUTE ${schemaQuery({ tracking, schemas })} INTO is_now;
    IF was.fingerprint = is_now.fingerprint THEN answer := json_build_object('state', 'same', 'fingerprint', is_now.fingerprint);
    ELSE
${changes}
    END IF;
  END IF;
  PERFORM set_config('${ANSWER}', answer::text, true);
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
  PERFORM set_config('${ANSWER}', json_build_object('state', 'unreadable', 'reason', SQLERRM)::text, true);
END`)}
SELECT current_setting('${ANSWER}', true) AS ${COLUMN};
COMMIT;`
}

function unlessDone(tracking: Tracking, files: number | undefined): string {
  if (files === undefined) return ''
  return `IF (SELECT count(*) FROM ${trackingNames(tracking).table} WHERE status = 'completed') >= ${files} THEN RETURN; END IF;`
}

/** What changed nothing: what failed was rolled back; a repair that says something of the schema records it anew. */
const CHANGED_NOTHING = [
  'failed',
  'cancelled',
  'rehearsal-failed',
  'refused',
  'anchor',
  'moved',
  'repaired',
  'backed-up',
  'backup-marker',
]

/** Nothing can be told where something was applied since. */
function lookAtRecorded(tracking: Tracking, schemas: readonly string[]): string {
  const { snapshots, history, table } = trackingNames(tracking)
  return `SELECT * INTO was FROM ${snapshots} ORDER BY id DESC LIMIT 1;
  IF was.id IS NULL THEN answer := json_build_object('state', 'not-recorded');
  ELSIF EXISTS (SELECT FROM ${history} WHERE seq > was.history_seq AND coalesce(event, '') NOT IN (${CHANGED_NOTHING.map(quoteLiteral).join(', ')}))
    OR EXISTS (SELECT FROM ${table} WHERE status = 'running')
  THEN answer := json_build_object('state', 'moved-on');
  ELSIF was.schemas <> ${arrayOf(schemas)} THEN answer := json_build_object('state', 'other-scope');
  ELSIF NOT starts_with(was.fingerprint, '${FINGERPRINT_FORM}') THEN answer := json_build_object('state', 'other-form');
  END IF;`
}

const fieldsOf = (
  text: string,
  other: string,
) => `SELECT split_part(line, chr(9), 1) AS kind, split_part(line, chr(9), 2) AS name,
          split_part(line, chr(9), 3) AS part_of, split_part(line, chr(9), 4) AS definition
        FROM (SELECT string_to_table(${text}, chr(10)) EXCEPT SELECT string_to_table(${other}, chr(10))) lines(line)
        WHERE line <> ''`

/** What is part of something that was added or dropped went with it. */
const changes = `      WITH changed AS MATERIALIZED (SELECT kind, name, coalesce(a.part_of, b.part_of) AS part_of, b.definition AS before, a.definition AS after,
        CASE WHEN b.kind IS NULL THEN 'added' WHEN a.kind IS NULL THEN 'dropped' ELSE 'changed' END AS change
      FROM (${fieldsOf('was.objects', 'is_now.objects')}) b FULL JOIN (${fieldsOf('is_now.objects', 'was.objects')}) a USING (kind, name)),
      told AS MATERIALIZED (SELECT * FROM changed c WHERE NOT EXISTS (SELECT FROM changed w
        WHERE c.change <> 'changed' AND w.change = c.change AND w.kind || ' ' || w.name = c.part_of))
      SELECT json_build_object('state', 'changed', 'fingerprint', is_now.fingerprint, 'recordedMajor', was.server_major,
        'presentMajor', ${fromText('integer', "current_setting('server_version_num')")} / 10000, 'count', (SELECT count(*) FROM told),
        'recordedAt', to_char(was.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changes', (SELECT json_agg(c) FROM (
          SELECT change, kind, name, left(before, ${LONGEST_TOLD}) AS before, left(after, ${LONGEST_TOLD}) AS after
          FROM told ORDER BY kind COLLATE "C", name COLLATE "C" LIMIT ${MOST_TOLD}) c)) INTO answer;`

/** The one result of {@link schemaDriftQuery}. Any other, or none, says that it was not sent. */
export function parseSchemaComparison(result: Rows | undefined): SchemaComparison {
  const text = result?.columns[0] === COLUMN ? result.rows[0]?.[0] : undefined
  if (!text) return { state: 'not-asked', changes: [], count: 0 }
  const { recordedMajor, presentMajor, ...answer } = JSON.parse(text) as Answer
  const isOther = recordedMajor !== undefined && recordedMajor !== presentMajor
  const changes = (answer.changes ?? []).map(readChange)
  return { ...answer, changes, count: answer.count ?? 0, ...(isOther ? { recordedMajor } : {}) }
}

interface Answer extends Omit<SchemaComparison, 'changes' | 'count'> {
  readonly count?: number
  readonly presentMajor?: number
  readonly changes?: readonly SaidChange[]
}

interface SaidChange extends Pick<SchemaChange, 'change' | 'kind' | 'name'> {
  readonly before: string | null
  readonly after: string | null
}

function readChange({ change, kind, name, before, after }: SaidChange): SchemaChange {
  return {
    change,
    kind,
    name: readField(name),
    ...(before === null ? {} : { before: readField(before) }),
    ...(after === null ? {} : { after: readField(after) }),
  }
}
