import type { Redact } from '../../model/config.js'
import type { Measured } from '../../model/measured.js'
import type { RunnableMigration } from '../../model/plan.js'
import { positionOf } from '../../sql/position.js'
import { shownText } from '../../sql/shown-text.js'

/** Which statement it is, for people. */
export function describeStatement(
  { file, statements = [] }: RunnableMigration,
  index: number,
  redact: Redact,
): Pick<Measured, 'statement' | 'position' | 'text'> {
  const span = statements[index]?.span ?? { start: 0, end: 0 }
  // Of a row of megabytes no more is looked at than may be shown.
  const start = shownText(file).slice(span.start, Math.min(span.end, span.start + LOOKED_AT))
  const line = redact(start).replace(/\s+/g, ' ').trim()
  return { statement: index + 1, position: positionOf(file.text, span), text: cut(line) }
}

const LOOKED_AT = 2_000
const LONGEST = 100

function cut(line: string): string {
  const characters = Array.from(line)
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line
}
