import { SAY_WHAT_BECAME } from '../../model/by-hand.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { excerpt } from '../../sql/excerpt.js'
import { positionOf } from '../../sql/position.js'
import { shownText } from '../../sql/shown-text.js'
import { isLoss } from './is-loss.js'

/**
 * Why a record of ours could not be written, told so that nobody looks for it in the file. A check of ours that raised
 * speaks for itself.
 *
 * @param what a clause: what is so nevertheless
 */
export function notRecorded(failure: Failure, what: string): Failure {
  if (isLoss(failure) || failure.code.startsWith('DF')) return failure
  return {
    hint: 'Nothing of the file need be mended: run again.',
    ...failure,
    message: `${what}: ${failure.message}`,
  }
}

/** The same, of a statement that is done, by its index in the file. */
export function doneNotRecorded(
  failure: Failure,
  { file, statements = [] }: RunnableMigration,
  index: number,
): Failure {
  const what = `statement ${index + 1} of ${statements.length} is done, and that could not be recorded`
  const told = notRecorded(failure, what)
  const statement = statements[index]
  if (told === failure || !statement) return told
  const position = positionOf(file.text, statement.span)
  const ask = statement.trace
    ? ''
    : ` Should the next run ask what became of it: it is done. ${SAY_WHAT_BECAME}`
  return {
    ...told,
    hint: `Nothing of the file need be mended: run again, and it goes on behind that statement.${ask}`,
    position,
    excerpt: excerpt(shownText(file), position),
    statement: index + 1,
  }
}
