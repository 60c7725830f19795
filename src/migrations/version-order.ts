import { versionKey } from '../model/version.js'

/**
 * The order of versions: dotted numbers by value, all else by its bytes, numbers first. Zero where they are one version
 * (`1` and `01`, `1.0` and `1`).
 */
export function compareVersions(a: string, b: string): number {
  const left = versionKey(a)
  const right = versionKey(b)
  if (left === right) return 0
  if (!NUMBERS.test(left) || !NUMBERS.test(right)) {
    return Number(NUMBERS.test(right)) - Number(NUMBERS.test(left)) || compareBytes(left, right)
  }
  return compareNumbers(left.split('.'), right.split('.'))
}

/** By UTF-8 bytes, the order of `LC_ALL=C ls`; never by a locale. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const NUMBERS = /^\d+(\.\d+)*$/

// A version key has no leading zeros: a longer number is a larger one.
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    if (left !== right) return left.length - right.length || (left < right ? -1 : 1)
  }
  return a.length - b.length
}
