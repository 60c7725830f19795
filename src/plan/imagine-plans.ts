import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { HashedMigration, HashedPlan, PlanDocument, PlanPolicy } from '../model/plan-document.js'
import { versionKey } from '../model/version.js'
import { digestApplied } from './digest-applied.js'
import { listApplied } from './list-applied.js'

/** What the target's past is told from. */
export interface History {
  readonly records: readonly AppliedRecord[]
  /** All of the folder, in the order of application. */
  readonly files: readonly MigrationFile[]
}

/** A plan that may have been, and about how many characters it takes to hash it. */
export interface Imagined {
  readonly plan: PlanDocument
  readonly cost: number
}

/**
 * Plans that would have become the present one by one change of what changes most often: a setting, files that came,
 * migrations that were applied, how a file is run; then by files and migrations both. The likeliest first.
 */
export function* imaginePlans(present: PlanDocument, history: History): Generator<Imagined> {
  const cost = costOf(present)
  for (const policy of otherPolicies(present.plan.policy)) yield { plan: withPlan(present, { policy }), cost }
  const counts = Array.from(present.plan.migrations, (_, at) => at + 1)
  for (const count of counts.slice(0, FEW)) yield { plan: withoutLast(present, count), cost }
  for (const plan of earlierHistories(present, history)) yield { plan, cost: cost + costOf(plan) }
  for (const count of counts.slice(FEW)) yield { plan: withoutLast(present, count), cost }
  for (const plan of withoutOne(present)) yield { plan, cost }
  for (const plan of otherModes(present)) yield { plan, cost }
  for (const earlier of earlierHistories(present, history)) {
    for (const count of counts.slice(0, FEW))
      yield { plan: withoutLast(earlier, count), cost: costOf(earlier) }
    for (const plan of withoutOne(earlier)) yield { plan, cost }
  }
}

/** New files that come together. */
const FEW = 8

function costOf({ plan, applied }: PlanDocument): number {
  return 500 + (plan.migrations.length + applied.length) * CHARACTERS_EACH
}

const CHARACTERS_EACH = 150

function withPlan(document: PlanDocument, change: Partial<HashedPlan>): PlanDocument {
  return { ...document, plan: { ...document.plan, ...change } }
}

/** New files mostly come last. */
function withoutLast(document: PlanDocument, count: number): PlanDocument {
  return withMigrations(document, document.plan.migrations.slice(0, -count))
}

function* withoutOne(document: PlanDocument): Generator<PlanDocument> {
  const { migrations } = document.plan
  for (const one of migrations)
    yield withMigrations(
      document,
      migrations.filter((each) => each !== one),
    )
}

function withMigrations(document: PlanDocument, migrations: readonly HashedMigration[]): PlanDocument {
  const { policy } = document.plan
  const versions = new Set(migrations.map(({ version }) => version))
  const forced = policy.forced.filter(({ version }) => versions.has(version))
  return withPlan(document, { migrations, policy: { ...policy, forced } })
}

function* otherPolicies(policy: PlanPolicy): Generator<PlanPolicy> {
  for (const transaction of ['file', 'all', 'none'] as const) yield { ...policy, transaction }
  for (const ofClass of ['development', 'staging', 'production'] as const) yield { ...policy, class: ofClass }
  yield { ...policy, outOfOrder: !policy.outOfOrder }
  yield { ...policy, force: !policy.force }
  yield { ...policy, force: !policy.force, forced: [] }
  yield { ...policy, forced: [] }
  yield { ...policy, only: null, to: null }
  yield { ...policy, approval: { kind: 'none' } }
}

function* otherModes(document: PlanDocument): Generator<PlanDocument> {
  const { migrations } = document.plan
  for (const one of migrations) {
    const other: HashedMigration = {
      ...one,
      mode: one.mode === 'transaction' ? 'no-transaction' : 'transaction',
    }
    yield withPlan(document, { migrations: migrations.map((each) => (each === one ? other : each)) })
  }
}

/** Before the newest rows were completed: their files were pending then, or were not there. */
function* earlierHistories(present: PlanDocument, { records, files }: History): Generator<PlanDocument> {
  const completed = records
    .filter(({ status }) => status === 'completed')
    .toReversed()
    .toSorted((a, b) => Date.parse(b.appliedAt ?? EVER) - Date.parse(a.appliedAt ?? EVER))
  for (let count = 1; count <= Math.min(completed.length, MOST_ROWS); count += 1) {
    const applied = listApplied(completed.slice(count))
    const since = new Set(completed.slice(0, count).map(({ version }) => versionKey(version)))
    const earlier = { ...withPlan(present, { applied: digestApplied(applied) }), applied }
    // How a file was to be run shows only when it is read as SQL.
    const guesses = count <= MOST_GUESSED ? 2 ** count : 1
    for (let guess = 0; guess < guesses; guess += 1) yield withPending(earlier, since, files, guess)
    yield earlier
  }
}

const MOST_GUESSED = 4
const MOST_ROWS = 64
/** Rows of other runners may lack their time. */
const EVER = '1970-01-01T00:00:00Z'

/** @param guess its bits tell, file by file, which are run in the less likely mode */
function withPending(
  document: PlanDocument,
  since: ReadonlySet<string>,
  files: readonly MigrationFile[],
  guess: number,
): PlanDocument {
  const pending = new Map(document.plan.migrations.map((one) => [one.version, one]))
  let bits = guess
  const migrations = files.flatMap(({ version, checksum, directives }): HashedMigration[] => {
    const now = pending.get(version)
    if (now) return [now]
    if (!since.has(versionKey(version))) return []
    const isAlone = directives.noTransaction !== (bits % 2 === 1)
    bits = Math.trunc(bits / 2)
    return [{ version, checksum, mode: isAlone ? 'no-transaction' : 'transaction' }]
  })
  const names = files.map(({ version, name }) => ({ version, name }))
  return { ...withPlan(document, { migrations }), about: { ...document.about, names } }
}
