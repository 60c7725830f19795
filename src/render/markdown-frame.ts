import type { Position } from '../model/position.js'
import { renderCodeFrame } from './code-frame.js'
import { markdownBlock } from './foreign-text.js'

/** An excerpt as a block of Markdown, with its line number and as many carets as the statement has on that line. */
export function markdownFrame(excerpt: string, position: Position | undefined): string {
  return markdownBlock(renderCodeFrame(excerpt, position), 'sql')
}
