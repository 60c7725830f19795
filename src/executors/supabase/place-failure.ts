import { stripVTControlCharacters } from 'node:util'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { place } from '../../sql/place.js'

/**
 * Where in the file it failed, by the statement that the CLI printed: it counts statements in its own way. Only where just
 * one of the file begins with what it printed.
 */
export function placeFailure(
  { statement: _, ...failure }: Failure,
  { file, statements = [] }: RunnableMigration,
  output: string,
): Failure {
  const first = printedStatement(output)
  const found = statements.flatMap(({ span }, index) =>
    first !== '' && file.text.slice(span.start, span.end).trimStart().startsWith(first)
      ? [{ span, index }]
      : [],
  )
  const [only] = found
  if (only === undefined || found.length > 1) return failure
  const { position, excerpt } = place(file, only.span)
  return { ...failure, statement: only.index + 1, position, excerpt }
}

/** The first line of it that is no comment. */
function printedStatement(output: string): string {
  const lines = stripVTControlCharacters(output).split(/\r?\n/)
  const at = lines.findLastIndex((line) => /^At statement: \d+/.test(line))
  const printed = at < 0 ? [] : lines.slice(at + 1)
  return (printed.find((line) => line.trim() !== '' && !line.trim().startsWith('--')) ?? '').trim()
}
