import type { Position } from '../model/position.js'
import { codePointOffset, offsetFromCodePoints } from './position.js'

/**
 * The line that a position begins on and, below it, a caret under the column. Control characters, and those that turn
 * the direction of text, show as `�`; a long line is cut around the column. Two lines, no line end after the second.
 */
export function excerpt(text: string, position: Position): string {
  const near = nearColumn(lineOf(text, position.line), position.column - 1)
  const line = Array.from(near.line, shown)
  const column = Math.min(near.column, line.length)
  const { before, cut, after } = cutAround(line, column)
  const pad = cut.slice(0, column - before.skipped).map(blankFor)
  return `${before.mark}${cut.join('')}${after}\n${' '.repeat(before.mark.length)}${pad.join('')}^`
}

function lineOf(text: string, line: number): string {
  let rest = 1
  let start = 0
  const end = /\r\n|\r|\n/g
  while (rest < line && end.exec(text)) {
    start = end.lastIndex
    rest++
  }
  end.lastIndex = start
  return text.slice(start, end.exec(text)?.index ?? text.length)
}

/** Dumps have lines of megabytes: what is far from the column is not looked at. */
function nearColumn(line: string, column: number): { line: string; column: number } {
  if (line.length <= LONG_LINE) return { line, column }
  const at = offsetFromCodePoints(line, column)
  const isHalf = /[\udc00-\udfff]/.test(line.charAt(at - LOOKED_AT))
  const start = Math.max(0, at - LOOKED_AT - (isHalf ? 1 : 0))
  return {
    line: line.slice(start, at + LOOKED_AT),
    column: codePointOffset(line.slice(start, at), at - start),
  }
}

const LONG_LINE = 10_000
const LOOKED_AT = 1_000

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
