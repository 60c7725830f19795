import type { Position, Span } from '../model/position.js'
import { codePointOffset, lineSpan, offsetInLine } from './position.js'

/**
 * The line that a position begins on and, below it, a caret under the column. Control characters, and those that turn
 * the direction of text, show as `�`; a long line is cut around the column. Two lines, no line end after the second.
 *
 * @param visible the text with what nobody may read hidden; its positions are the same
 */
export function excerpt(text: string, position: Position, visible = text): string {
  const near = nearColumn(text, lineSpan(text, position.line), position.column - 1)
  const line = Array.from(visible.slice(near.start, near.end), shown)
  const column = Math.min(near.column, line.length)
  const { before, cut, after } = cutAround(line, column)
  const pad = cut.slice(0, column - before.skipped).map(blankFor)
  return `${before.mark}${cut.join('')}${after}\n${' '.repeat(before.mark.length)}${pad.join('')}^`
}

/** Dumps have lines of megabytes: what is far from the column is not looked at. */
function nearColumn(text: string, line: Span, column: number): Span & { column: number } {
  if (line.end - line.start <= LONG_LINE) return { ...line, column }
  const at = Math.min(offsetInLine(text, line.start, column), line.end)
  const isHalf = /[\udc00-\udfff]/.test(text.charAt(at - LOOKED_AT))
  const start = Math.max(line.start, at - LOOKED_AT - (isHalf ? 1 : 0))
  return {
    start,
    end: Math.min(at + LOOKED_AT, line.end),
    column: codePointOffset(text.slice(start, at), at - start),
  }
}

const LONG_LINE = 10_000
const LOOKED_AT = 400

const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u

function shown(character: string): string {
  return character !== '\t' && HIDDEN.test(character) ? '\ufffd' : character
}

const WIDEST = 160

function cutAround(line: readonly string[], column: number) {
  const start = line.length <= WIDEST ? 0 : Math.max(0, Math.min(column - WIDEST / 2, line.length - WIDEST))
  return {
    before: { mark: start > 0 ? '…' : '', skipped: start },
    cut: line.slice(start, start + WIDEST),
    after: start + WIDEST < line.length ? '…' : '',
  }
}

const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

// What takes the place of a character in the line of the caret: as wide as it is on a terminal.
function blankFor(character: string): string {
  if (character === '\t') return '\t'
  if (/\p{M}|\u200d/u.test(character)) return ''
  return WIDE.test(character) ? '  ' : ' '
}
