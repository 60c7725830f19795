import { quoteLiteral } from './identifier.js'

/** SQLSTATE of the notices that are marks. Class DF is used by nobody else. */
export const MARK_CODE = 'DF000'

/**
 * One statement that tells the client at once how far a message has come: the server keeps its answers until the end
 * of the message, but not its notices. For the inside of a transaction, whose `client_min_messages` it lowers.
 */
export function setMark(mark: string): string {
  return `DO $devflow$BEGIN
  PERFORM pg_catalog.set_config('client_min_messages', 'notice', true);
  RAISE NOTICE USING ERRCODE = '${MARK_CODE}', MESSAGE = ${quoteLiteral(mark)};
END$devflow$;`
}
