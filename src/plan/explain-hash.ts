import type { PlanDifference, PlanDocument } from '../model/plan-document.js'
import { comparePlans } from './compare-plans.js'
import { hashPlan } from './hash-plan.js'
import { type History, imaginePlans } from './imagine-plans.js'

/**
 * What can be told where only the hash of a plan is known: single likely changes are undone, one after the other, until
 * the hash of what is left is the one that was expected. What is found so is proven by it; a bounded search, some tenths of
 * a second at most.
 *
 * @returns nothing where no such change leads back to the hash: a file edited or removed, another server
 */
export function explainHash(hash: string, present: PlanDocument, history: History): PlanDifference[] {
  let left = MOST_CHARACTERS
  for (const { plan, cost } of imaginePlans(present, history)) {
    if (hashPlan(plan.plan) === hash) return comparePlans(plan, present, history.records)
    left -= cost
    if (left < 0) break
  }
  return []
}

/** Of canonical JSON that are hashed. */
const MOST_CHARACTERS = 60_000_000
