import type { AppliedRecord } from '../model/history.js'
import type { PlanDifference, PlanDocument } from '../model/plan-document.js'
import { compareApplied } from './compare-applied.js'
import { compareMigrations } from './compare-migrations.js'
import { comparePolicies } from './compare-policies.js'
import { compareTargets } from './compare-targets.js'

/**
 * All that differs between a plan and the present one, the gravest first: the place, what happened there, the files, the
 * rules. Empty exactly where the hashes are equal.
 *
 * @param records the rows as they are now, for who applied what and when
 */
export function comparePlans(
  expected: PlanDocument,
  present: PlanDocument,
  records: readonly AppliedRecord[] = [],
): PlanDifference[] {
  return [
    ...compareTargets(expected.plan.target, present.plan.target),
    ...compareApplied(expected, present, records),
    ...compareMigrations(expected, present),
    ...comparePolicies(expected.plan.policy, present.plan.policy, inOne(expected, present)),
  ]
}

/** Versions that are to be run in one of the two only, whose coming or going is told already. */
function inOne(a: PlanDocument, b: PlanDocument): ReadonlySet<string> {
  const [ofA, ofB] = [versionsOf(a), versionsOf(b)]
  return new Set([...ofA, ...ofB].filter((version) => !(ofA.has(version) && ofB.has(version))))
}

function versionsOf({ plan }: PlanDocument): ReadonlySet<string> {
  return new Set(plan.migrations.map(({ version }) => version))
}
