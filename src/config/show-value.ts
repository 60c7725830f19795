const LONGEST = 80

/**
 * A value somebody gave, for a message: in quotes, control characters escaped, bounded. Anything that could be a URL
 * with credentials is not shown: people paste the database URL where its variable's name belongs.
 */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value !== 'string') return String(value)
  if (value.includes('://') || value.includes('@')) return 'a URL or address (not shown)'
  const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  return JSON.stringify(cut).replace(/[\u007f-\u009f\u2028\u2029]/g, ' ')
}
