import { lex } from './lex.js'
import { wordAt } from './lex-script.js'

/**
 * The numbers that can be the one of the line that a COPY failed at, in `COPY t, line 3, column a: "x"` of what the server
 * calls CONTEXT, in its language: the table's name stands there as it is, and may have such words too. Nothing but numbers
 * is taken, because the rest is row data.
 */
export function readCopyLines(where: string | undefined): readonly number[] {
  const [said = ''] = /^COPY .*/m.exec(where ?? '') ?? []
  return numbersIn(said.slice(0, LONGEST))
}

/** Which of them it is: the first behind the table's name, as the statement has it. */
export function chooseCopyLine(lines: readonly number[], statement: string): number | undefined {
  return lines[numbersIn(tableOf(statement)).length]
}

/** A name of 63 bytes, and the words behind it in any language. */
const LONGEST = 250

function numbersIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/, \p{L}+ (\d+)(?=[,:]|$)/gu), ([, number]) => Number(number))
}

/** Without its schema. */
function tableOf(statement: string): string {
  let name = ''
  for (const piece of lex(statement)) {
    const text = statement.slice(piece.start, piece.end)
    if (text === '(' || wordAt(statement, piece) === 'FROM') break
    if (piece.kind === 'word') name = text
    if (piece.kind === 'quoted-name') name = text.replace(/^[^"]*"|"$/g, '').replaceAll('""', '"')
  }
  return name
}
