/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
export const RESET_SESSION = resetSession('RESET ALL;\nDEALLOCATE ALL;')

/**
 * The same, with those settings said again. Before the rest: RESET ALL brings back limits that role or database carry, and many
 * temporary objects take their time.
 *
 * @param settings SQL
 */
export function resetSessionTo(settings: string): string {
  return resetSession(`RESET ALL;\n${settings}\nDEALLOCATE ALL;`)
}

/**
 * The same, except that one setting of the transaction is kept, and prepared statements of ours.
 *
 * @param setting its name, of ours
 * @param prefix what the names of the statements begin with
 */
export function resetSessionBut(setting: string, prefix: string): string {
  return resetSession(`DO $devflow$
DECLARE
  kept text := pg_catalog.current_setting('${setting}', true);
  statement text;
BEGIN
  EXECUTE 'RESET ALL';
  PERFORM pg_catalog.set_config('${setting}', kept, true);
  FOR statement IN
    SELECT name FROM pg_catalog.pg_prepared_statements WHERE NOT pg_catalog.starts_with(name, '${prefix}')
  LOOP
    EXECUTE pg_catalog.format('DEALLOCATE %I', statement);
  END LOOP;
END
$devflow$;`)
}

function resetSession(settingsAndStatements: string): string {
  return `RESET SESSION AUTHORIZATION;
RESET ROLE;
${settingsAndStatements}
CLOSE ALL;
UNLISTEN *;
DISCARD TEMP;
DISCARD SEQUENCES;`
}

/**
 * For the rest of the transaction: the connection's own role, no names but ours, and a commit that waits for the disk as it
 * does here, whatever a migration set. Ends with the transaction, so that a file in several steps finds its own settings again.
 */
export const AS_OURSELVES = `SET LOCAL statement_timeout = 0;
SET LOCAL synchronous_commit TO DEFAULT;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog, pg_temp;`
