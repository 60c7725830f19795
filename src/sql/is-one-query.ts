import { scanScript } from './scan-script.js'

/**
 * Whether a text is one statement that reads: `SELECT`, `WITH`, `VALUES`, `TABLE`. Nothing can follow it that would end the
 * transaction which keeps it from writing. It is not parsed: the server says what else is wrong with it.
 */
export function isOneQuery(text: string): boolean {
  const items = [...scanScript(text)]
  const [only] = items
  if (only?.kind !== 'statement' || items.length > 1 || only.copy || only.unclosed !== undefined) return false
  return /^(?:\(\s*)*(?:select|with|values|table)\b/i.test(text.slice(only.span.start, only.span.end))
}
