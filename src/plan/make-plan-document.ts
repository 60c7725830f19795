import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { ApprovalPolicy } from '../model/permission.js'
import type { RunnableMigration } from '../model/plan.js'
import type { HashedPlan, PlanAbout, PlanDocument } from '../model/plan-document.js'
import type { Target } from '../model/target.js'
import { digestApplied } from './digest-applied.js'
import { hashPlan } from './hash-plan.js'
import { identifyTarget } from './identify-target.js'
import { listApplied } from './list-applied.js'
import { makePolicy } from './make-policy.js'

/** What a plan is made of. */
export interface PlanFacts {
  /**
   * What would be run, in order, with what was forced of it as far as the files alone tell: what a rehearsal finds comes
   * later, and not where a plan is only made.
   */
  readonly migrations: readonly Pick<RunnableMigration, 'file' | 'mode' | 'forced'>[]
  readonly records: readonly AppliedRecord[]
  readonly target: Pick<Target, 'database' | 'host' | 'port' | 'systemIdentifier'>
  readonly config: Parameters<typeof makePolicy>[0] & Partial<Pick<Config, 'run'>>
  /** Absent where none is asked for. */
  readonly approval?: ApprovalPolicy | undefined
  /** ISO 8601. */
  readonly plannedAt?: string
}

/** The plan as it is hashed, kept and compared. */
export function makePlanDocument(facts: PlanFacts): PlanDocument {
  const applied = listApplied(facts.records)
  const forced = facts.migrations.flatMap(({ file, forced: rules = [] }) =>
    rules.length > 0 ? [{ version: file.version, rules }] : [],
  )
  const plan: HashedPlan = {
    format: 'devflow-migrate plan 1',
    migrations: facts.migrations.map(({ file: { version, checksum }, mode }) => ({
      version,
      checksum,
      mode,
    })),
    target: identifyTarget(facts.target),
    applied: digestApplied(applied),
    policy: makePolicy(facts.config, facts.approval, forced),
  }
  return { hash: hashPlan(plan), plan, applied, about: tellAbout(facts) }
}

function tellAbout({ migrations, config: { run }, plannedAt }: PlanFacts): PlanAbout {
  return {
    ...(plannedAt ? { plannedAt } : {}),
    ...(run ? { plannedBy: run.actor, toolVersion: run.toolVersion } : {}),
    ...(run?.commitSha ? { commitSha: run.commitSha } : {}),
    ...(run?.runUrl ? { runUrl: run.runUrl } : {}),
    names: migrations.map(({ file: { version, name } }) => ({ version, name })),
  }
}
