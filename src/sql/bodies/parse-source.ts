import type { Parser, Statement } from '../open-parser.js'
import type { Source } from './source.js'

/** A statement of a source, and how a `location` of its tree (bytes) is counted in the source's text (UTF-16). */
export interface SourceStatement extends Statement {
  at(location: number | undefined): number
}

/** All statements of a source, or why there are none: the parser's words, or a clause about "it". */
export function parseSource(
  parser: Parser,
  { text }: Source,
): { readonly statements: readonly SourceStatement[] } | { readonly reason: string } {
  const parsed = parser.parse(text)
  if (parsed.kind === 'unreadable') return parsed
  if (parsed.kind === 'syntax-error') return { reason: parsed.message }
  let bytes = 0
  let counted = 0
  return {
    statements: parsed.statements.map((statement) => {
      const { start } = statement.span
      bytes += Buffer.byteLength(text.slice(counted, start))
      counted = start
      const startBytes = bytes
      return {
        ...statement,
        at: (location) => offsetAfter(text, start, (location ?? startBytes) - startBytes),
      }
    }),
  }
}

function offsetAfter(text: string, start: number, bytes: number): number {
  let at = start
  for (let left = bytes; left > 0 && at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3
    at += code > 0xffff ? 2 : 1
  }
  return at
}
