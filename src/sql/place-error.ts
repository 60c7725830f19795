import type { Span } from '../model/position.js'
import { lex } from './lex.js'
import { scanScript } from './scan-script.js'

/**
 * Where an error belongs that the parser does not place: bytes that an `E''` makes and that are no UTF-8, STDIN beside
 * PROGRAM. That is the first statement that has it, and in that the string which has it alone, else the first token. What
 * is read again is halved each time, so the time is linear in the text.
 *
 * @param text what was parsed, all of it SQL
 * @param raises whether a text raises that very error
 * @returns UTF-16 offset; where no statement has it by itself, that of the first
 */
export function placeError(text: string, raises: (sql: string) => boolean): number {
  const statements = Array.from(scanScript(text, lex(text)), ({ span }) => span)
  const statement = firstOf(statements, (some) => raises(text.slice(some[0]?.start, some.at(-1)?.end)))
  if (!statement) return statements[0]?.start ?? 0
  const string = firstOf(escapeStrings(text, statement), (some) =>
    raises(`values (${some.map(({ start, end }) => text.slice(start, end)).join()})`),
  )
  return (string ?? statement).start
}

/** Only these can hold what the file itself can not. */
function escapeStrings(text: string, { start, end }: Span): Span[] {
  const strings: Span[] = []
  for (const piece of lex(text.slice(0, end), start))
    if (piece.kind === 'string' && text[piece.start] !== "'") strings.push(piece)
  return strings
}

function firstOf(spans: readonly Span[], raise: (some: readonly Span[]) => boolean): Span | undefined {
  let some = spans
  while (some.length > 1) {
    const before = some.slice(0, some.length >> 1)
    some = raise(before) ? before : some.slice(before.length)
  }
  return some.length > 0 && raise(some) ? some[0] : undefined
}
