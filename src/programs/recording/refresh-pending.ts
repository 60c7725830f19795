import { makePlan } from '../../plan/make-plan.js'
import type { Way } from '../way.js'

/** What is pending once the history was written outside `migrate`: the report tells of it as it is then. */
export function refreshPending({ gathered }: Pick<Way, 'gathered'>): void {
  const { plan, files = [], records = [] } = gathered
  if (plan === undefined) return
  gathered.plan = { ...plan, deferred: makePlan(files, records, { allowOutOfOrder: true }).plan.migrations }
}
