import type { MigrationFile } from '../../model/migration.js'
import type { ExpectedPlan, PlanCheck, PlanDocument } from '../../model/plan-document.js'
import { checkPlan } from '../../plan/check-plan.js'
import { findContinued } from '../../plan/find-continued.js'
import { makePlanDocument } from '../../plan/make-plan-document.js'
import { markForced } from '../../plan/mark-forced.js'
import { refusePlan } from '../../plan/refuse-plan.js'
import type { Way } from '../way.js'
import { type JudgedFiles, judgeFiles } from './judge-files.js'

/**
 * Gives the plan its hash, and where one was approved, compares the two: under the lock, so that nothing changes between
 * the answer and the run. What is not the approved plan is refused.
 *
 * @param pending those of this run, in order
 */
export async function settlePlan(
  run: Way,
  pending: readonly MigrationFile[],
  judged: Pick<JudgedFiles, 'migrations' | 'findings'>,
): Promise<void> {
  const { gathered, known, system } = run
  const { plan, expected, refusals = [] } = gathered
  if (plan === undefined) return
  const plannedAt = system.now().toISOString()
  const document = documentOf(run, judged, known.records, plannedAt)
  gathered.planDocument = document
  gathered.plan = { ...plan, hash: document.hash }
  if (expected === undefined) return
  const check = await compare(run, expected, document, pending)
  if (check.kind === 'different') gathered.refusals = [...refusals, refusePlan(check)]
  // A third attempt knows what the first two did by the hash that was approved.
  else gathered.plan = { ...plan, hash: check.hash }
}

async function compare(
  run: Way,
  expected: ExpectedPlan,
  present: PlanDocument,
  pending: readonly MigrationFile[],
): Promise<PlanCheck> {
  const { config, gathered, known } = run
  const { files = [] } = gathered
  const { runUrl } = config.run
  const own = findContinued(known.records, files, expected.hash, runUrl)
  const facts = { records: known.records, files, runUrl }
  if (own === undefined) return checkPlan(expected, present, facts)
  // Judged in one go, as they were when the plan was made: rules look at the files before.
  const chosen = new Map([...own.files, ...pending].map((file) => [file.path, file]))
  const again = await judgeFiles(
    files.flatMap(({ path }) => chosen.get(path) ?? []),
    config,
    { tracking: known.target.tracking, postgres: known.target.serverMajor, signal: run.signal },
  )
  const before = documentOf(run, again, own.records, undefined)
  return checkPlan(expected, present, { ...facts, before })
}

function documentOf(
  { config, known }: Way,
  { migrations, findings }: Pick<JudgedFiles, 'migrations' | 'findings'>,
  records: Way['known']['records'],
  plannedAt: string | undefined,
): PlanDocument {
  return makePlanDocument({
    migrations: markForced(migrations, findings),
    records,
    target: known.target,
    config,
    approval: config.gate.approval,
    ...(plannedAt === undefined ? {} : { plannedAt }),
  })
}
