import { versionKey } from '../model/version.js'

/**
 * The order of versions: by the dotted number each begins with, then by bytes; those that begin with none come last.
 * Zero where they are one version (`1` and `01`, `1.0` and `1`).
 */
export function compareVersions(a: string, b: string): number {
  const left = versionKey(a)
  const right = versionKey(b)
  if (left === right) return 0
  const numbers = [left, right].map((key) => LEADING.exec(key)?.[0])
  if (numbers[0] === undefined || numbers[1] === undefined) {
    return Number(numbers[0] === undefined) - Number(numbers[1] === undefined) || compareBytes(left, right)
  }
  const [x, y] = numbers.map((number) => versionKey(number ?? ''))
  return compareNumbers((x ?? '').split('.'), (y ?? '').split('.')) || compareBytes(left, right)
}

/** By UTF-8 bytes, the order of `LC_ALL=C ls`; never by a locale. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

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
