import { lex, type Piece } from './lex.js'

/**
 * A query of somebody else without what it holds of data: strings and numbers give way to `…`, comments go. Where the
 * server may have read a quote otherwise than it is read here (`standard_conforming_strings = off`), nothing that
 * follows is shown. A text that was cut in the middle is cut there here too.
 */
export function hideLiterals(query: string): string {
  let shown = ''
  for (const piece of lex(query)) {
    const text = query.slice(piece.start, piece.end)
    if (isAmbiguous(piece, text)) return `${shown}${HIDDEN}`
    shown += shownOf(piece, text)
  }
  return shown
}

const HIDDEN = '…'

function isAmbiguous({ kind }: Piece, text: string): boolean {
  return kind === 'string' && text.startsWith("'") && text.includes("\\'")
}

function shownOf({ kind }: Piece, text: string): string {
  switch (kind) {
    case 'string':
    case 'dollar-string':
      return HIDDEN
    case 'line-comment':
    case 'block-comment':
      return ' '
    case 'word':
      return /^\d/.test(text) ? HIDDEN : text
    default:
      return text
  }
}
