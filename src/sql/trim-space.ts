/**
 * Where a text of SQL ends without the white space at its end, as the server's scanner knows white space. `trimEnd` and
 * `\s` know more of it than that: to the server a no-break space or U+3000 is a letter, and `t` followed by one is another
 * table.
 */
export function trimmedEnd(text: string, end = text.length): number {
  let at = end
  while (at > 0 && SPACE.has(text[at - 1] ?? '')) at--
  return at
}

/** The text without the server's white space at both ends. */
export function trimSpace(text: string): string {
  let start = 0
  while (SPACE.has(text[start] ?? '')) start++
  return text.slice(start, Math.max(start, trimmedEnd(text)))
}

const SPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r', '\f', '\v'])
