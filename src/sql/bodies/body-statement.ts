import type { Span } from '../../model/position.js'

/** A statement in a body, at its place in the file. */
export interface BodyStatement {
  /**
   * The kind of statement; an expression that calls or selects something is a `SelectStmt`. `DynamicExecute`: an EXECUTE
   * whose text is made while it runs. `UnreadBody`: nothing is known of what it holds.
   */
  readonly node: string
  readonly tree: object
  /** In the file. Where its own place is not known, that of the whole CREATE FUNCTION or DO. */
  readonly span: Span
  readonly within: 'do' | 'function'
  /** From a `location` of the tree to the file. */
  offsetOf(location: number | undefined): number
}

/** The tree of `UnreadBody`. */
export interface UnreadBody {
  readonly language: string
  /** Why it can not be read, where it is not the language: the parser's words, or a clause about "it". */
  readonly reason?: string
}

/** What is said of a body, or of a part of one, that can not be read. */
export function unreadBody(span: Span, within: BodyStatement['within'], tree: UnreadBody): BodyStatement {
  return { node: 'UnreadBody', tree, span, within, offsetOf: () => span.start }
}
