import type { Reply } from '../model/session.js'
import type { MessageLayout } from './locate-failure.js'
import { offsetFromCodePoints } from './position.js'

/**
 * Of the parts that a file was cut into, the one that an error belongs to: by how many statements were done before it,
 * else by the server's position.
 */
export function findLayout<Layout extends MessageLayout>(
  { completed, error }: Reply,
  layouts: readonly Layout[],
): Layout | undefined {
  const byCount = layouts.find(
    ({ statementsBefore: before, statementCount = 0 }) =>
      completed >= before && completed < before + statementCount,
  )
  const [first] = layouts
  if (byCount || !first || error?.characterPosition === undefined) return byCount ?? first
  const offset = offsetFromCodePoints(first.sent, error.characterPosition - 1)
  return layouts.find(({ bodyStart, length }) => offset >= bodyStart && offset < bodyStart + length) ?? first
}
