import { showRelation } from '../../sql/relation-name.js'
import { isMadeAgain } from '../is-made-again.js'
import { LOCK_LEVELS } from '../locks/lock-levels.js'
import { oldLocks } from '../locks/old-locks.js'
import type { Context, Rule } from '../rule.js'
import { settingOf } from './limits.js'

export const lockTimeoutTooLong: Rule = {
  id: 'lock-timeout-too-long',
  group: 'transactions',
  title: 'lock_timeout of more than ten seconds, or none',
  why: 'While a statement waits for its lock, everybody who comes after it to that table waits too. A long `lock_timeout` is an outage of that length; 0 is one without end.',
  instead: `Leave it out: devflow waits 3 s for a lock and tries again, so that others get on meanwhile. Or set a few seconds:

\`\`\`sql
set local lock_timeout = '3s';
\`\`\``,
  levels: LOCK_LEVELS,
  examples: {
    bad: [
      "set lock_timeout = '5min'; alter table orders add column total numeric;",
      'set local lock_timeout = 0; alter table orders add column total numeric;',
    ],
    good: [
      "set lock_timeout = '5s'; alter table orders add column total numeric;",
      'set lock_timeout = 0; create index concurrently orders_total on orders (total);',
    ],
  },
  *check(statement, context) {
    const { ms } = settingOf(statement, 'lock_timeout') ?? {}
    if (ms === undefined || (ms > 0 && ms <= LONGEST_MS)) return
    const relation = firstLocked(context)
    if (relation === undefined) return
    const long = ms === 0 ? 'for as long as it takes' : `for ${Math.round(ms / 1000)} s`
    yield {
      message: `All who use ${relation} may have to wait ${long} behind what waits for its lock.`,
      help: "Leave it out, or write lock_timeout = '3s'.",
    }
  },
}

const LONGEST_MS = 10_000

/** What the first statement under the setting locks against others. */
function firstLocked({ file, index, known }: Context): string | undefined {
  for (let at = index + 1; at < file.statements.length; at++) {
    const later = file.statements[at]
    if (!later || settingOf(later, 'lock_timeout')) return undefined
    if (later.within === 'function') continue
    // What is made in between is new then, though nothing is known of it yet.
    const lock = oldLocks(later, known).find(
      ({ relation }) => !isMadeAgain({ file, index }, `relation:${keyOf(relation)}`),
    )
    if (lock) return showRelation(lock.relation)
  }
  return undefined
}

function keyOf({ schemaname = 'public', relname = '' }: { schemaname?: string; relname?: string }): string {
  return `${schemaname}.${relname}`
}
