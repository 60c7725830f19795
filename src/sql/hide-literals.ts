import { lex, type Piece } from './lex.js'

/**
 * A query of somebody else without what it holds of data: strings and numbers give way to `…`, comments go. Where the
 * server may have read a quote otherwise than it is read here (`standard_conforming_strings = off`), nothing that
 * follows is shown. A text that was cut in the middle is cut there here too.
 */
export function hideLiterals(query: string): string {
  let shown = ''
  let numberEnd = -1
  for (const piece of lex(query)) {
    const text = query.slice(piece.start, piece.end)
    if (isAmbiguous(piece, text)) return `${shown}${HIDDEN}`
    const isNumber = piece.kind === 'word' && (piece.start === numberEnd || /^\d/.test(text))
    // Of one number there are several pieces: `0xBEEF`, `1_000`, `2e9`.
    if (!isNumber) shown += shownOf(piece, text)
    else if (piece.start !== numberEnd) shown += HIDDEN
    if (isNumber) numberEnd = piece.end
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
    default:
      return text
  }
}
