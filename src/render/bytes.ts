const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `312 bytes`, `8.0 kB`, `3.2 GB`, `640 MB`; 1 kB is 1,024 bytes, as PostgreSQL has it. */
export function renderBytes(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))
  return `${digits} ${UNITS[unit]}`
}
