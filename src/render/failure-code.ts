/** Five characters; class DF is ours and used by nobody else, and every word of ours is longer. */
const SQLSTATE = /^(?!DF)[0-9A-Z]{5}$/

/** Whether the code of a failure is PostgreSQL's, so that it can be looked up there. */
export function isSqlState(code: string): boolean {
  return SQLSTATE.test(code)
}

/**
 * The code of a failure, as it stands in brackets behind what is said: ours (`DF006`, `connection-lost`) without the word
 * SQLSTATE, which would send people to PostgreSQL's list.
 */
export function renderFailureCode(
  code: string,
  quote: (foreign: string) => string = (foreign) => foreign,
): string {
  return isSqlState(code) ? `SQLSTATE ${quote(code)}` : quote(code)
}
