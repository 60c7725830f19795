import type { Span } from '../model/position.js'
import { blank } from './blank.js'
import { readLiteral } from './bodies/literal.js'
import { fileSource } from './bodies/source.js'
import { findComments } from './find-comments.js'
import { lex } from './lex.js'

/**
 * The text with spaces in place of its comments: the parser takes a comment for a token, and so does not see that NOT
 * and IN with one between them are read together. Line ends stay, and so does every offset in bytes of UTF-8.
 *
 * @returns undefined where there is no comment
 */
export function blankComments(text: string): string | undefined {
  const parts: string[] = []
  let from = 0
  for (const { start, end } of findComments(text)) {
    parts.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]+/g, spaces))
    from = end
  }
  return from === 0 ? undefined : parts.join('') + text.slice(from)
}

function spaces(run: string): string {
  return ' '.repeat(Buffer.byteLength(run))
}

/** The same for a statement and the bodies in it, in quotes of any kind; here it is UTF-16 positions that stay. */
export function blankAllComments(text: string): string {
  const inBodies: Span[] = []
  let from = 0
  for (const { kind, start, end } of lex(text)) {
    if (start < from || (kind !== 'string' && kind !== 'dollar-string')) continue
    const said = readLiteral(fileSource(text), start)
    if (said === undefined) continue
    for (const comment of findComments(said.text)) inBodies.push(said.spanOf(comment))
    // A string in parts is one text.
    from = Math.max(end, said.spanOf({ start: 0, end: said.text.length }).end)
  }
  return blank(text, [], [...findComments(text), ...inBodies])
}
