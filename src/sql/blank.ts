import type { Span } from '../model/position.js'
import { lex } from './lex.js'

/**
 * The text with the SQL in some spans replaced by spaces, so that it is not executed and every position after it stays
 * true. Line ends and comments stay, so the length is the same in UTF-16 and in code points; only a character beyond
 * U+FFFF in a name or literal counts as two code points afterwards.
 */
export function blank(text: string, spans: readonly Span[]): string {
  let done = ''
  let from = 0
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    const begin = Math.max(start, from)
    done += text.slice(from, begin) + blanked(text.slice(begin, end))
    from = Math.min(end, text.length)
  }
  return done + text.slice(from)
}

function blanked(sql: string): string {
  let spaces = ''
  for (const { kind, start, end } of lex(sql)) {
    const piece = sql.slice(start, end)
    spaces += kind.endsWith('comment') ? piece : piece.replace(/[^\r\n]/g, ' ')
  }
  return spaces
}
