import type { Reply } from '../../model/session.js'
import type { EscapeFacts } from './escape-facts.js'

/**
 * Reads the answer to `escapeFactsQuery`, the last result of a message.
 *
 * @throws Error where there is no answer
 */
export function parseEscapeFacts({ results, error }: Reply): EscapeFacts {
  const text = results.at(-1)?.rows[0]?.[0]
  if (text === undefined || text === null)
    throw new Error(`The catalog could not be read: ${error?.message ?? 'no answer'}.`)
  return JSON.parse(text)
}
