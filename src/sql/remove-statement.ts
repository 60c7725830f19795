import type { Edit } from '../model/finding.js'
import type { Span } from '../model/position.js'
import { tokens } from './split-list.js'

/** Takes a statement out of a text with its semicolon, and with its lines where they hold nothing else. */
export function removeStatement(text: string, { start, end }: Span): Edit {
  const [next] = tokens(text, { start: end, end: text.length })
  const last = next?.kind === 'semicolon' ? next.end : end
  const line = skipBlanks(text, start, -1)
  const rest = skipBlanks(text, last, 1)
  const isAlone = (line === 0 || isLineEnd(text[line - 1])) && (rest === text.length || isLineEnd(text[rest]))
  if (!isAlone) return { span: { start, end: last }, text: '' }
  const lineEnd = text.startsWith('\r\n', rest) ? 2 : 1
  return { span: { start: line, end: Math.min(rest + lineEnd, text.length) }, text: '' }
}

function skipBlanks(text: string, from: number, step: 1 | -1): number {
  let at = from
  const next = () => text[step < 0 ? at - 1 : at]
  while (next() === ' ' || next() === '\t') at += step
  return at
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}
