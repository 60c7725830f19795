import type { Position } from '../model/position.js'
import { makeCodeFrame } from './code-frame.js'
import type { Paint } from './paint.js'

/** An excerpt for a terminal, with its line number and the carets in colour. */
export function frameLines(excerpt: string, position: Position | undefined, paint: Paint): string[] {
  return makeCodeFrame(excerpt, position).map(({ gutter, text, isCaret }) => {
    const bar = paint('dim', `${gutter}${gutter === '' ? '' : ' '}│`)
    return `  ${bar} ${isCaret ? paint('red', text) : text}`
  })
}
