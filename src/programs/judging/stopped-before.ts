import type { NoRehearsal } from '../../model/measured.js'
import type { Gathered } from '../../report/gathered.js'

/** What `plan`, `dry-run` and `migrate` say of a rehearsal that was not come to. */
export function stoppedBefore({ findings = [], drift = [], refusals = [] }: Gathered): NoRehearsal {
  const rules = [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))]
  const named = rules.slice(0, MOST_NAMED).join(', ')
  const more = rules.length > MOST_NAMED ? ` and ${rules.length - MOST_NAMED} more` : ''
  const reasons = [
    ...(refusals.length > 0 ? ['it was refused'] : []),
    ...(drift.length > 0 ? ['an applied file is not what it was'] : []),
    ...(rules.length > 0 ? [`of what was found (${named}${more})`] : []),
  ]
  return {
    why: `the run ended before that, because ${reasons.join(', and ')}`,
    ways: ['Mend that first, then run dry-run: it rehearses what is pending.'],
  }
}

const MOST_NAMED = 5
