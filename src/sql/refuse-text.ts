/**
 * Largest text given to the parser, in bytes of UTF-8: its memory is 1 GiB at most, and 40 MB in one statement exhaust
 * it for good.
 */
export const LARGEST_TEXT = 8 * 1024 * 1024

/**
 * Why a text must not reach the parser, as a clause about "it"; undefined where nothing speaks against it.
 * The parser ignores everything behind a NUL in silence, and its lexer takes minutes for nested comments or signs in a
 * row, each of which makes it read the rest of the row again.
 */
export function refuseText(text: string, bytes: number): string | undefined {
  if (bytes > LARGEST_TEXT) {
    return `it has ${bytes.toLocaleString('en')} bytes, the parser reads at most ${LARGEST_TEXT.toLocaleString('en')}`
  }
  if (text.includes('\0')) return 'it holds a NUL character'
  if (rereadCharacters(text) > MOST_REREAD) return 'it holds too many nested comments or signs in a row'
  return undefined
}

// Measured with 18.1.5: 200 million take about a second.
const MOST_REREAD = 200_000_000

function rereadCharacters(text: string): number {
  let total = 0
  for (const [run] of text.matchAll(/[~!@#^&|`?+\-*/%<>=]{64,}/g)) {
    total += run.length * (run.match(/\+|\/\*/g)?.length ?? 0)
  }
  return total
}
