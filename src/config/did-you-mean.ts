/**
 * The known word that was probably meant: at most a third of its letters differ, swapped neighbours counting once,
 * and `-` the same as `_`. Undefined where nothing is near.
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const differs = distance(plain(word), plain(candidate))
    if (differs < least && differs <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate
      least = differs
    }
  }
  return best
}

/** Bounded, because the cost is the product of the lengths and the word is foreign. */
function plain(word: string): string {
  return word.slice(0, 64).toLowerCase().replaceAll('-', '_')
}

function distance(a: string, b: string): number {
  let older: number[] = []
  let old = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, row, old, older))
    older = old
    old = row
  }
  return old[b.length] ?? a.length
}

function cheapest(a: string, b: string, i: number, j: number, row: number[], old: number[], older: number[]) {
  const at = (numbers: number[], index: number) => numbers[index] ?? Number.POSITIVE_INFINITY
  const same = a[i - 1] === b[j - 1] ? 0 : 1
  const plainest = Math.min(at(old, j) + 1, at(row, j - 1) + 1, at(old, j - 1) + same)
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(plainest, at(older, j - 2) + 1) : plainest
}
