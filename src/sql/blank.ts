import type { Span } from '../model/position.js'
import { lex } from './lex.js'

/**
 * The text with the SQL in some spans replaced by spaces, so that it is not executed and every position after it stays
 * true. Line ends and comments stay, so the length is the same in UTF-16 and in code points; only a character beyond
 * U+FFFF in a name or literal counts as two code points afterwards.
 *
 * @param foreign what is no SQL: all but its line ends is replaced
 */
export function blank(text: string, spans: readonly Span[], foreign: readonly Span[] = []): string {
  if (spans.length === 0 && foreign.length === 0) return text
  const others = new Set(foreign)
  const parts: string[] = []
  let from = 0
  for (const span of [...spans, ...foreign].sort((a, b) => a.start - b.start)) {
    if (span.end <= from) continue
    const begin = Math.max(span.start, from)
    const part = text.slice(begin, span.end)
    parts.push(text.slice(from, begin), others.has(span) ? spaces(part) : blanked(part))
    from = Math.min(span.end, text.length)
  }
  return parts.join('') + text.slice(from)
}

function blanked(sql: string): string {
  let done = ''
  for (const { kind, start, end } of lex(sql)) {
    const piece = sql.slice(start, end)
    done += kind.endsWith('comment') ? piece : spaces(piece)
  }
  return done
}

function spaces(text: string): string {
  return text.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length))
}
