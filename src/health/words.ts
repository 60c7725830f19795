/** `0.4 s`, `12 s`, `5 min`, for messages. */
export function seconds(ms: number): string {
  if (ms >= 120_000) return `${Math.round(ms / 60_000)} min`
  return ms < 10_000 && ms % 1000 !== 0 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `1.5 GB`; 1 kB is 1,024 bytes. */
export function bytes(count: number): string {
  const power = Math.min(
    Math.max(Math.floor(Math.log2(Math.max(Math.abs(count), 1)) / 10), 0),
    UNITS.length - 1,
  )
  const value = count / 1024 ** power
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${UNITS[power]}`
}
