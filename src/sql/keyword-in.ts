import type { Span } from '../model/position.js'
import { tokens } from './split-list.js'

/** Where a keyword stands in a statement for the first time, outside of parentheses and not as a quoted name. */
export function keywordIn(text: string, within: Span, keyword: string): Span | undefined {
  let depth = 0
  for (const { kind, start, end } of tokens(text, within)) {
    const word = text.slice(start, end)
    if (word === '(') depth++
    if (word === ')') depth--
    if (depth === 0 && kind === 'word' && word.toLowerCase() === keyword) return { start, end }
  }
  return undefined
}

/** A keyword in the case of another: `concurrently` beside `index`. */
export function inCaseOf(neighbour: string, keyword: string): string {
  return neighbour === neighbour.toLowerCase() ? keyword.toLowerCase() : keyword.toUpperCase()
}
