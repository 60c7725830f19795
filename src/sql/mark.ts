import { quoteLiteral } from './identifier.js'

/** SQLSTATE of the notices that are marks. Class DF is used by nobody else. */
export const MARK_CODE = 'DF000'

/**
 * SQL that tells the client at once how far a message has come: the server keeps its answers until the end of the
 * message, but not its notices. For the inside of a transaction, whose `client_min_messages` it lowers. The block calls
 * no function: after a file has changed the schema, to find one takes longer than all else.
 */
export function setMark(mark: string): string {
  return `SET LOCAL client_min_messages = notice;
DO $devflow$BEGIN
  RAISE NOTICE USING ERRCODE = '${MARK_CODE}', MESSAGE = ${quoteLiteral(mark)};
END$devflow$;`
}
