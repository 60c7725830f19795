import type { Reply } from '../model/session.js'
import type { MessageLayout } from './locate-failure.js'
import { offsetFromCodePoints } from './position.js'

/** Of the line end and the semicolon that follow a file's text in a message. */
const CLOSING = 3

/**
 * A syntax error makes the server refuse a whole message before it carries out any of it.
 *
 * @returns the place of the file that holds it, where the server tells
 */
export function findCulprit(
  { error }: Reply,
  sent: string,
  blocks: readonly { readonly layout: MessageLayout }[],
): number | undefined {
  if (error?.characterPosition === undefined) return undefined
  const offset = offsetFromCodePoints(sent, error.characterPosition - 1)
  const culprit = blocks.findIndex(({ layout }) => offset < layout.bodyStart + layout.length + CLOSING)
  return culprit === -1 ? undefined : culprit
}
