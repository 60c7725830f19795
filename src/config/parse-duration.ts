const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 } as const

/** The largest value PostgreSQL's millisecond settings hold (a signed 32-bit integer): a little under 25 days. */
const LONGEST_MS = 2_147_483_647

/** What a duration looks like, for regular expressions and the JSON schema: a whole number with a unit, or 0. */
export const DURATION_PATTERN = /^(?:0|[0-9]+(?:ms|s|m|min|h))$/

/** For messages: what is allowed. */
export const DURATION_WORDS = 'a duration with a unit (500ms, 3s, 5m, 1h), at most 24 days, or 0'

/**
 * Milliseconds of `500ms`, `3s`, `5m` (or `5min`), `1h`, `0`. A bare number is refused because PostgreSQL reads it as
 * milliseconds and people mean seconds. Undefined: not a duration, or longer than PostgreSQL can hold.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION_PATTERN.test(text)) return undefined
  const unit = text.replace(/^[0-9]+/, '') as keyof typeof UNITS | ''
  const ms = Number.parseInt(text, 10) * (unit === '' ? 0 : UNITS[unit])
  return ms <= LONGEST_MS ? ms : undefined
}
