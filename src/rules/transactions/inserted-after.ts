import type { Span } from '../../model/position.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'

/** Why a statement, or a command in it, fails when its work is done already. */
export interface Unrepeatable {
  readonly message: string
  readonly help: string
  readonly span?: Span
  /** The words that mend it, and where they go. */
  readonly insert?: string
  readonly insertAt?: number
}

/** Words that go after a keyword, in its case; nothing where it is not there. */
export function insertedAfter(
  text: string,
  span: Span,
  after: string,
  words: string,
): Pick<Unrepeatable, 'insert' | 'insertAt'> {
  const keyword = keywordIn(text, span, after)
  if (!keyword) return {}
  return { insertAt: keyword.end, insert: ` ${inCaseOf(text.slice(keyword.start, keyword.end), words)}` }
}
