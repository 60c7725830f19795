/**
 * Where the transaction ends with the file: what waited is checked here, where its error still has a file, and triggers have
 * done what they do when a record is read again.
 */
export const FIRE_ALL = 'SET CONSTRAINTS ALL IMMEDIATE;'

/**
 * SQL for the end of a file whose transaction goes on: does to deferred constraints what COMMIT would, with the file's own
 * role and search path, and then has them wait again as they were declared. Leaves another `search_path`.
 *
 * They are named. ALL would hold for the rest of the transaction, for constraints too that later files make. A list in one
 * statement: with thousands of constraints, thousands of statements take seconds.
 *
 * @param text of the file: where it may set constraints itself, all of them are set back, else those of tables with
 *   rows changed in this transaction
 */
export function fireDeferred(text: string): string {
  return `DO $devflow$
DECLARE
  theirs pg_catalog.text := pg_catalog.current_setting('search_path');
  waiting pg_catalog.oid[];
  fired pg_catalog.oid[] := '{}';
  fire pg_catalog.text;
  wait_again pg_catalog.text;
  some_unnamed boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgdeferrable) THEN RETURN; END IF;
  LOOP
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    waiting := ${mayWait(/\bconstraints\b/i.test(text))};
    EXIT WHEN waiting = fired;
    ${NAMES}
    PERFORM pg_catalog.set_config('search_path', theirs, true);
    IF fire IS NOT NULL THEN EXECUTE fire; END IF;
    fired := waiting;
  END LOOP;
  IF some_unnamed THEN
    BEGIN
      PERFORM pg_catalog.set_config('search_path', theirs, true);
      SET CONSTRAINTS ALL IMMEDIATE;
      RAISE EXCEPTION USING ERRCODE = '${TAKEN_BACK}';
    EXCEPTION WHEN SQLSTATE '${TAKEN_BACK}' THEN
    END;
  END IF;
  IF wait_again IS NOT NULL THEN EXECUTE wait_again; END IF;
END
$devflow$;`
}

/** SQLSTATE by which a check is taken back. Class DF is used by nobody else. */
const TAKEN_BACK = 'DF00T'

/**
 * Constraints that may have something waiting; a trigger that fires may add to them.
 *
 * Which rows were changed, and how (a bit of `tgtype`), is known by the statistics of this transaction where they are kept:
 * not for partitioned tables, and not by every access method. A table that many refer to has triggers for each of them,
 * of which none waits for a row that is merely added.
 */
function mayWait(all: boolean): string {
  const rows = (change: string, bit: number) =>
    `pg_stat_get_xact_tuples_${change}(c.oid) > 0 AND t.tgtype::integer & ${bit} > 0`
  const changed = `c.relkind = 'p' OR c.relam <> 2 OR current_setting('track_counts') = 'off'
        OR ${rows('inserted', 4)} OR ${rows('deleted', 8)} OR ${rows('updated', 16)}`
  return `ARRAY(SELECT DISTINCT t.tgconstraint FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
      WHERE c.relhastriggers AND t.tgdeferrable${all ? '' : ` AND (${changed})`} ORDER BY 1)`
}

/**
 * Not all can be named: the schema may be closed to the role; and of several constraints of one name, which are always set
 * together, one may not be able to wait like the others. Those are only checked, in what is then taken back, and wait on for
 * the end of the transaction: set once, they could not be had to wait again. Temporary ones end with the file.
 */
const NAMES = `SELECT 'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named) || ' IMMEDIATE',
      'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named AND all_wait) || ' DEFERRED',
      bool_or(NOT can_be_named)
    INTO fire, wait_again, some_unnamed
    FROM (SELECT format('%I.%I', n.nspname, k.conname) AS name, all_wait,
        has_schema_privilege(n.oid, 'USAGE') AND (all_wait OR NOT some_wait OR n.oid = pg_my_temp_schema()) AS can_be_named
      FROM (SELECT DISTINCT connamespace, conname FROM pg_constraint WHERE oid = ANY (waiting)) k
      JOIN pg_namespace n ON n.oid = k.connamespace
      CROSS JOIN LATERAL (SELECT bool_and(o.condeferred) AS all_wait, bool_or(o.condeferred) AS some_wait
        FROM pg_constraint o WHERE o.connamespace = k.connamespace AND o.conname = k.conname) same
      WHERE NOT pg_is_other_temp_schema(n.oid)) each;`
