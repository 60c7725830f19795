import type { Edit } from '../model/finding.js'
import type { Span } from '../model/position.js'
import { lex } from './lex.js'

/** Adds a statement on a line of its own behind another, whose semicolon may be missing at the end of the text. */
export function afterStatement(text: string, { end }: Span, sql: string): Edit {
  for (const piece of lex(text, end)) {
    if (piece.kind === 'semicolon') return edit(piece.end, `\n${sql};`)
    if (!BETWEEN.has(piece.kind)) break
  }
  return edit(end, `;\n${sql}`)
}

const BETWEEN: ReadonlySet<string> = new Set(['space', 'line-comment', 'block-comment'])

function edit(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text }
}
