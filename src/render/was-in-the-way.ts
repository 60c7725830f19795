import type { Outcome } from '../model/outcome.js'
import { describeSessions } from './other-session.js'
import { plural } from './plural.js'

/** Who held up a migration that was tried again, as a sentence without the file's name; nothing where nobody was seen. */
export function wasInTheWay(
  { attempts, blockers = [] }: Pick<Outcome, 'attempts' | 'blockers'>,
  quote: (foreign: string) => string,
): string[] {
  if (blockers.length === 0) return []
  return [`${plural(attempts, 'attempt')}; the last that it waited for: ${describeSessions(blockers, quote)}`]
}
