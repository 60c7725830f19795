import type { Position } from '../model/position.js'
import { columnsOf } from './align.js'
import { cutText, logText } from './foreign-text.js'

/** One line of a code frame: the file's line number, or nothing beside the carets. */
export interface FrameLine {
  readonly gutter: string
  readonly text: string
  readonly isCaret: boolean
}

/**
 * An excerpt (a line and, below it, a caret; see `sql/excerpt.ts`) with its line number, the carets as long as what
 * they point to is on that line. Safe for logs. An excerpt of another form stays as it is.
 */
export function makeCodeFrame(excerpt: string, position: Position | undefined): FrameLine[] {
  const lines = logText(cutText(excerpt, 2000)).split('\n')
  const [line = '', caret = ''] = lines
  if (lines.length !== 2 || position === undefined || !/^\s*\^$/.test(caret)) {
    return lines.map((text) => ({ gutter: '', text, isCaret: false }))
  }
  const gutter = String(position.line)
  return [
    { gutter, text: line, isCaret: false },
    {
      gutter: ' '.repeat(gutter.length),
      text: caret + '^'.repeat(columnsPointedTo(line, caret, position) - 1),
      isCaret: true,
    },
  ]
}

/** As lines, with a bar between number and text. */
export function renderCodeFrame(excerpt: string, position: Position | undefined): string {
  return makeCodeFrame(excerpt, position)
    .map(({ gutter, text }) => `${gutter}${gutter === '' ? '' : ' '}│ ${text}`)
    .join('\n')
}

function columnsPointedTo(line: string, caret: string, position: Position): number {
  const characters = Array.from(line)
  let at = 0
  for (let columns = 0; columns < caret.length - 1 && at < characters.length; at++) {
    columns += columnsOf(characters[at] as string)
  }
  const { line: first, column, endLine, endColumn } = position
  const length = endLine === first ? Math.max(1, endColumn - column + 1) : characters.length
  return Math.max(
    1,
    columnsOf(
      characters
        .slice(at, at + length)
        .join('')
        .trimEnd(),
    ),
  )
}
