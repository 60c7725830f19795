import { versionKey } from '../model/version.js'

/** Whether a dotted number is another or comes before it. False where one of them is no dotted number. */
export function isAtMost(version: string, limit: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(limit)]
  if (left === undefined || right === undefined) return false
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x, y] = [left[at] ?? 0n, right[at] ?? 0n]
    if (x !== y) return x < y
  }
  return true
}

function numbersOf(version: string): bigint[] | undefined {
  const key = versionKey(version)
  return /^\d+(\.\d+)*$/.test(key) ? key.split('.').map(BigInt) : undefined
}
