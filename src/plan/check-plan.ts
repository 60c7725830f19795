import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { ExpectedPlan, PlanCheck, PlanDocument } from '../model/plan-document.js'
import { comparePlans } from './compare-plans.js'
import { explainHash } from './explain-hash.js'

/** What is known of the target besides the plans. */
export interface CheckFacts {
  /**
   * The plan as it was before an earlier attempt of this run applied the first of it: made of what `findContinued` gave,
   * with its files before those pending. Absent where it gave nothing.
   */
  readonly before?: PlanDocument
  /** The rows as they are now. */
  readonly records: readonly AppliedRecord[]
  /** All of the folder, in the order of application. */
  readonly files: readonly MigrationFile[]
  /** This workflow run. */
  readonly runUrl?: string | undefined
}

/**
 * Whether what would be run now is what was approved. To be asked under the run's lock, so that nothing changes between
 * the answer and the run. What is applied is recorded under the hash of the answer, by which a later attempt knows it.
 */
export function checkPlan(expected: ExpectedPlan, present: PlanDocument, facts: CheckFacts): PlanCheck {
  const { hash } = expected
  const used = findUse(hash, facts)
  if (present.hash === hash && !used) return { kind: 'same', hash }
  const done = facts.before?.hash === hash ? findDone(facts.before, present) : undefined
  if (done && !used)
    return { kind: present.plan.migrations.length === 0 ? 'finished' : 'continued', hash, done }
  const now = facts.before ?? present
  return {
    kind: 'different',
    hash,
    present: present.hash,
    differences: expected.document
      ? comparePlans(expected.document, now, facts.records)
      : explainHash(hash, now, { files: facts.files, records: without(facts) }),
    by: expected.document ? 'plan' : 'hash',
    ...(used ? { used } : {}),
  }
}

/** The rows that were there before this run's own. */
function without({ records, before }: CheckFacts): readonly AppliedRecord[] {
  if (before === undefined) return records
  const kept = new Set(before.applied.map(({ version }) => version))
  return records.filter(({ version }) => kept.has(version))
}

/** Applied under the plan by another run, or by any and rolled back since: a plan is used once. */
function findUse(
  hash: string,
  { records, runUrl }: CheckFacts,
): { versions: readonly string[]; runUrl: string | null } | undefined {
  const rows = records.filter(
    (row) =>
      row.planHash === hash &&
      (row.status === 'rolled_back' ||
        (row.status === 'completed' && (runUrl === undefined || row.runUrl !== runUrl))),
  )
  const [first] = rows
  return first && { versions: rows.map(({ version }) => version), runUrl: first.runUrl ?? null }
}

/** @returns undefined where what is done are not the first migrations of the plan */
function findDone(before: PlanDocument, present: PlanDocument): readonly string[] | undefined {
  const all = before.plan.migrations.map(({ version }) => version)
  const left = present.plan.migrations.map(({ version }) => version)
  const done = all.slice(0, all.length - left.length)
  const isPrefix = left.every((version, index) => version === all[done.length + index])
  return isPrefix ? done : undefined
}
