import type { HashedMigration, PlanDifference, PlanDocument } from '../model/plan-document.js'
import { versionKey } from '../model/version.js'
import { shortChecksum } from './short-checksum.js'

/** New, missing and edited files, how they run, and in which order. What was applied meanwhile is told as that alone. */
export function compareMigrations(expected: PlanDocument, present: PlanDocument): PlanDifference[] {
  const names = namesOf(expected, present)
  const before = byVersion(expected.plan.migrations)
  const now = byVersion(present.plan.migrations)
  const nameOf = ({ version }: HashedMigration) => names.get(version) ?? version
  const isNew = notIn(before, expected)
  const isMissing = notIn(now, present)
  return [
    ...present.plan.migrations.filter(isNew).map((one) => newFile(one, nameOf(one))),
    ...expected.plan.migrations.filter(isMissing).map((one) => missingFile(one, nameOf(one))),
    ...expected.plan.migrations.flatMap((one) =>
      edited(one, now.get(one.version), nameOf(one), namesIn(expected).get(one.version)),
    ),
    ...reordered(
      expected.plan.migrations.filter(({ version }) => now.has(version)),
      present.plan.migrations.filter(({ version }) => before.has(version)),
      nameOf,
    ),
  ]
}

function namesOf(expected: PlanDocument, present: PlanDocument): Map<string, string> {
  return new Map([...namesIn(expected), ...namesIn(present)])
}

function namesIn({ about }: PlanDocument): Map<string, string> {
  return new Map(about.names.map(({ version, name }) => [version, name]))
}

function byVersion(migrations: readonly HashedMigration[]): Map<string, HashedMigration> {
  return new Map(migrations.map((migration) => [migration.version, migration]))
}

/** What stands among the applied ones on the other side is told there. */
function notIn(
  others: ReadonlyMap<string, HashedMigration>,
  { applied }: PlanDocument,
): (migration: HashedMigration) => boolean {
  const done = new Set(applied.map(({ version }) => versionKey(version)))
  return ({ version }) => !others.has(version) && !done.has(versionKey(version))
}

function newFile({ version, checksum }: HashedMigration, name: string): PlanDifference {
  const message = `${name} is pending, and is not part of the plan.`
  return { field: 'migrations', kind: 'new-file', message, version, present: checksum }
}

function missingFile({ version, checksum }: HashedMigration, name: string): PlanDifference {
  const message = `${name} is part of the plan, and is no part of this run: its file is gone or renamed, or it was left out.`
  return { field: 'migrations', kind: 'missing-file', message, version, expected: checksum }
}

/** @param planned its name in the plan */
function edited(
  before: HashedMigration,
  now: HashedMigration | undefined,
  name: string,
  planned = name,
): PlanDifference[] {
  if (now === undefined) return []
  const { version } = before
  const what = planned === name ? `${name} was edited` : `${name} stands where the plan has ${planned}`
  const text: PlanDifference = {
    field: 'migrations',
    kind: 'edited-file',
    message: `${what}: the plan has ${shortChecksum(before.checksum)}, the file is ${shortChecksum(now.checksum)}.`,
    version,
    expected: before.checksum,
    present: now.checksum,
  }
  const mode: PlanDifference = {
    field: 'migrations',
    kind: 'transaction-mode',
    message: `${name} would run ${WAYS[now.mode]}, and the plan has it ${WAYS[before.mode]}.`,
    version,
    expected: before.mode,
    present: now.mode,
  }
  return [...(before.checksum === now.checksum ? [] : [text]), ...(before.mode === now.mode ? [] : [mode])]
}

const WAYS = { transaction: 'in one transaction', 'no-transaction': 'statement by statement' } as const

/** Of what is in both. */
function reordered(
  expected: readonly HashedMigration[],
  present: readonly HashedMigration[],
  nameOf: (migration: HashedMigration) => string,
): PlanDifference[] {
  const at = expected.findIndex(({ version }, index) => version !== present[index]?.version)
  const [before, now] = [expected[at], present[at]]
  if (before === undefined || now === undefined) return []
  return [
    {
      field: 'migrations',
      kind: 'order',
      message: `The order changed: the plan has ${nameOf(before)} where ${nameOf(now)} would be applied now.`,
      expected: expected.map(({ version }) => version).join(', '),
      present: present.map(({ version }) => version).join(', '),
    },
  ]
}
