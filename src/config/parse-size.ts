const UNITS: Readonly<Record<string, number>> = {
  kB: 1024,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
}

export const SIZE_PATTERN = /^\d{1,9} ?(?:kB|KB|MB|GB|TB)$/

export const SIZE_WORDS = 'a size such as 10MB or 1GB'

/** Bytes; units as PostgreSQL has them, 1 kB being 1,024 bytes. Undefined for what is no size. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9}) ?(\w\w)$/.exec(text) ?? []
  const factor = UNITS[unit ?? '']
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
