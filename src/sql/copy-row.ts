import type { Span } from '../model/position.js'

/**
 * One line of what a `COPY … FROM STDIN` read, in the file.
 *
 * @param rows where the file holds the lines
 * @param line counted by the server, from 1
 */
export function copyRow(text: string, rows: Span, line: number): Span | undefined {
  let start = rows.start
  for (let left = line; left > 1; left--) {
    const end = text.indexOf('\n', start)
    if (end === -1 || end >= rows.end) return undefined
    start = end + 1
  }
  if (start >= rows.end) return undefined
  const end = text.indexOf('\n', start)
  return { start, end: end === -1 || end > rows.end ? rows.end : end }
}
