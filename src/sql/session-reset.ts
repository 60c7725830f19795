/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
export const RESET_SESSION = `RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
CLOSE ALL;
DEALLOCATE ALL;
UNLISTEN *;
DISCARD TEMP;
DISCARD SEQUENCES;`

/**
 * For the rest of the transaction: the connection's own role and no names but ours, whatever a migration set. Ends with
 * the transaction, so that a file in several steps finds its own settings again.
 */
export const AS_OURSELVES = `SET LOCAL statement_timeout = 0;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog;`
