import { fromText } from '../../sql/from-text.js'
import { doBlock } from '../do-block.js'

/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.system'

/** SQL: what {@link READ_SYSTEM} found, as JSON. */
export const SYSTEM = fromText('json', `nullif(current_setting('${ANSWER}', true), '')`)

/** What {@link SYSTEM} holds: null where the role may not ask. */
export interface FoundSystem {
  readonly identifier: string | null
  /** A standby is ahead by it when it has taken over. */
  readonly timeline: number | null
  /** As in `ServerLife`. */
  readonly startedAt: number | null
  readonly countsSince: number | null
}

/**
 * SQL that asks for the database system, for a transaction with `search_path = pg_catalog, pg_temp`. By default every role
 * may (seen on PostgreSQL 15 and 18). One that may not is told before it asks: an error may end the connection
 * (`exit_on_error`), and any other must not pass for that one. A server that is PostgreSQL in part has no answer.
 */
export const READ_SYSTEM = doBlock(`DECLARE
  identifier text;
  timeline integer;
  started numeric;
  counts numeric;
BEGIN
  BEGIN
    IF has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE') THEN
      SELECT system_identifier INTO identifier FROM pg_control_system();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_control_checkpoint()'), 'EXECUTE') THEN
      SELECT timeline_id INTO timeline FROM pg_control_checkpoint();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_postmaster_start_time()'), 'EXECUTE') THEN
      started := extract(epoch FROM pg_postmaster_start_time());
    END IF;
    IF has_function_privilege(to_regprocedure('pg_stat_get_bgwriter_stat_reset_time()'), 'EXECUTE') THEN
      counts := extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time());
    END IF;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported THEN
  END;
  PERFORM set_config('${ANSWER}', json_build_object('identifier', identifier, 'timeline', timeline,
    'startedAt', started, 'countsSince', counts)::text, true);
END`)
