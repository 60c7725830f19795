import { fromText } from './from-text.js'
import { quoteLiteral } from './identifier.js'

/** SQLSTATEs of our own checks. Class DF is used by nobody else. */
export const CHECK_FAILED = { record: 'DF001', lock: 'DF002' } as const

/**
 * An expression of type integer that raises when it is evaluated: for a plain statement, which costs a fraction of a
 * PL/pgSQL block that can RAISE. The server calls it a text that is no number; {@link readRaised} finds what was meant.
 */
export function raising(code: string, message: string): string {
  // Not constant, or the planner would evaluate it, reached or not.
  return fromText(
    'integer',
    `pg_catalog.concat(${quoteLiteral(`${code}: ${message} #`)}, pg_catalog.pg_backend_pid())`,
  )
}

/** What {@link raising} meant, in any language of the server's; undefined for every other error. */
export function readRaised(
  code: string,
  message: string,
): { readonly code: string; readonly message: string } | undefined {
  const meant = code === '22P02' ? /\b(DF\d{3}): (.*) #\d+/su.exec(message) : null
  return meant?.[1] && meant[2] ? { code: meant[1], message: meant[2] } : undefined
}
