import { quoteIdentifier, quoteLiteral } from '../../sql/identifier.js'
import type { TrackingNames } from '../tracking-names.js'
import { chainedContent, sha256Sql } from './chained-content.js'

/** By which rows are found in order: every new one needs the last. */
const INDEX = 'devflow_history_seq'
const TRIGGER = 'devflow_chain'

/** The first half of the key of the advisory lock that writers of one history take turns by. Any number would do. */
const LOCK_CLASS = 1_684_371_046

/**
 * SQL that chains each row which anybody adds to the history: a trigger writes the hash of the row before it and its own.
 * It stands in the table, and not in what writes, because only there the row is known as it is stored; so rows that
 * are added by hand are chained too.
 */
export function chainDdl({ history, chainFunction }: TrackingNames): string {
  return `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(INDEX)} ON ${history} (seq);
CREATE OR REPLACE FUNCTION ${chainFunction}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS ${quoteLiteral(chainBody(history))};
CREATE OR REPLACE TRIGGER ${TRIGGER} BEFORE INSERT ON ${history} FOR EACH ROW EXECUTE FUNCTION ${chainFunction}();
ALTER TABLE ${history} ENABLE ALWAYS TRIGGER ${TRIGGER};`
}

/**
 * Two writers at once would both follow the same row, so the second waits until the first has committed. It may have been
 * given its number before the first was: then it takes the next one, so that the numbers are in the order of the chain.
 */
function chainBody(history: string): string {
  return `
DECLARE
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_CLASS}, TG_RELID::integer);
  SELECT h.seq, h.hash INTO last_seq, last_hash FROM ${history} h ORDER BY h.seq DESC LIMIT 1;
  IF last_seq >= NEW.seq THEN NEW.seq := last_seq + 1; END IF;
  NEW.prev_hash := last_hash;
  IF NEW.event = 'anchor' THEN
    SELECT ${sha256Sql(`'[' || coalesce(string_agg(${chainedContent('h')}, ',' ORDER BY h.seq), '') || ']'`)}
    INTO NEW.prev_hash FROM ${history} h;
  END IF;
  NEW.hash := ${sha256Sql(chainedContent('NEW'))};
  RETURN NEW;
END`
}
