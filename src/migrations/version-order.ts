import { versionKey } from '../model/version.js'

/**
 * The order of versions: by the dotted number each begins with, then by bytes; those that begin with none come last.
 * Zero where they are one version (`1` and `01`, `1.0` and `1`).
 */
export function compareVersions(a: string, b: string): number {
  return compareKeys(versionKey(a), versionKey(b))
}

/** {@link compareVersions} of what `versionKey` gave already. */
export function compareKeys(left: string, right: string): number {
  if (left === right) return 0
  if (left.length === right.length && DIGITS.test(left) && DIGITS.test(right)) return left < right ? -1 : 1
  const numbers = [left, right].map((key) => LEADING.exec(key)?.[0])
  if (numbers[0] === undefined || numbers[1] === undefined) {
    return Number(numbers[0] === undefined) - Number(numbers[1] === undefined) || compareBytes(left, right)
  }
  const [x, y] = numbers.map((number) => versionKey(number ?? ''))
  return compareNumbers((x ?? '').split('.'), (y ?? '').split('.')) || compareBytes(left, right)
}

/** By UTF-8 bytes, the order of `LC_ALL=C ls`; never by a locale. */
export function compareBytes(a: string, b: string): number {
  // The order of UTF-16 is that of UTF-8 but for surrogates.
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : Number(a > b)
}

const SURROGATE = /[\ud800-\udfff]/

const DIGITS = /^\d+$/
const LEADING = /^\d+(?:\.\d+)*/

// A version key has no leading zeros: a longer number is a larger one.
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    if (left !== right) return left.length - right.length || (left < right ? -1 : 1)
  }
  return a.length - b.length
}
