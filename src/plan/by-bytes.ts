/** The order of UTF-8 bytes, as `LC_ALL=C sort` and `COLLATE "C"` have it. */
export function byBytes(a: string, b: string): number {
  // The order of UTF-16 is that of UTF-8 but for surrogates.
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : Number(a > b)
}

const SURROGATE = /[\ud800-\udfff]/
