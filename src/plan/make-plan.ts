import { byHand } from '../model/by-hand.js'
import type { Config } from '../model/config.js'
import { cutMessage } from '../model/cut-message.js'
import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import type { Plan, PlannedMigration } from '../model/plan.js'
import type { Problem } from '../model/problem.js'
import { versionKey } from '../model/version.js'
import { fileOf } from './file-of.js'
import { findForgotten, tellForgotten } from './find-forgotten.js'
import { matchChecksum } from './match-checksum.js'

/** A plan, what in it may not be done, and why the chosen part of it was refused. */
export interface Planned {
  readonly plan: Plan
  readonly findings: readonly Finding[]
  readonly refusals: readonly Problem[]
  /** Sentences on what was asked for. */
  readonly notes: readonly string[]
}

/**
 * The pending migrations in order, cut to what `version` or `to` ask for.
 *
 * @param files in the order of application
 * @throws UserError when `version` or `to` name no file
 */
export function makePlan(
  files: readonly MigrationFile[],
  records: readonly AppliedRecord[],
  config: Pick<Config, 'only' | 'to' | 'allowOutOfOrder'>,
): Planned {
  const pending = findPending(files, records)
  const chosen = choose(pending, files, config)
  const inRun = new Set(chosen)
  const deferred = pending.filter((migration) => !inRun.has(migration))
  const outOfOrder = config.allowOutOfOrder ? [] : chosen.filter((migration) => migration.outOfOrder)
  return {
    plan: { migrations: chosen, deferred },
    findings: [
      ...outOfOrder.map(({ file }) => outOfOrderFinding(file)),
      ...unfinished(records, chosen),
      ...findForgotten(
        records,
        chosen.map(({ file }) => file),
      ).map(tellForgotten),
    ],
    refusals: [...skippedOlder(pending, chosen, config), ...skippedNeeds(chosen, deferred)],
    notes: chosen.length === 0 ? nothingLeft(files, config) : [],
  }
}

function nothingLeft(
  files: readonly MigrationFile[],
  { only, to }: Pick<Config, 'only' | 'to'>,
): readonly string[] {
  if (only !== undefined) return [`${fileOf(only, files, 'version').name} is applied already.`]
  if (to !== undefined) return [`All migrations up to ${fileOf(to, files, 'to').name} are applied already.`]
  return []
}

function findPending(files: readonly MigrationFile[], records: readonly AppliedRecord[]): PlannedMigration[] {
  const completed = new Map<string, string>()
  for (const { status, version, checksum } of records)
    if (status === 'completed') completed.set(versionKey(version), checksum)
  const isApplied = (file: MigrationFile) => {
    const checksum = completed.get(versionKey(file.version))
    return checksum !== undefined && (!isRepeatable(file) || matchChecksum(checksum, file))
  }
  const begun = new Set(records.filter(isBegun).map(({ version }) => versionKey(version)))
  const last = files.findLastIndex(
    (file) => !isRepeatable(file) && (isApplied(file) || begun.has(versionKey(file.version))),
  )
  return files.flatMap((file, index) => (isApplied(file) ? [] : [{ file, outOfOrder: index < last }]))
}

/** Some of it is done and stays: what sorts before it comes too late for that. */
function isBegun({ status, statementsDone }: AppliedRecord): boolean {
  return HALF_DONE.has(status) && statementsDone !== null && statementsDone > 0
}

const HALF_DONE: ReadonlySet<AppliedRecord['status']> = new Set(['running', 'partial', 'unknown'])

function choose(
  pending: readonly PlannedMigration[],
  files: readonly MigrationFile[],
  { only, to }: Pick<Config, 'only' | 'to'>,
): readonly PlannedMigration[] {
  if (only !== undefined) {
    const file = fileOf(only, files, 'version')
    return pending.filter((migration) => migration.file === file)
  }
  if (to === undefined) return pending
  const upTo = new Set(files.slice(0, files.indexOf(fileOf(to, files, 'to')) + 1))
  return pending.filter((migration) => upTo.has(migration.file))
}

function outOfOrderFinding(file: MigrationFile): Finding {
  return {
    rule: 'out-of-order',
    severity: 'error',
    file: file.path,
    message: `${file.name} sorts before a migration that is applied already, or in part.`,
    help: 'Rename it so that it sorts last, or run with allow-out-of-order if it depends on nothing that came later.',
  }
}

/**
 * What is half done and not part of this run. What is part of it is judged when its file is read (`findUnfinished`), since
 * only the file shows where it goes on.
 */
function unfinished(records: readonly AppliedRecord[], chosen: readonly PlannedMigration[]): Finding[] {
  const inRun = new Set(chosen.map(({ file }) => versionKey(file.version)))
  return records
    .filter(({ status }) => HALF_DONE.has(status))
    .filter((record) => !inRun.has(versionKey(record.version)))
    .map((record) => ({
      rule: 'unfinished-migration',
      severity: 'error',
      message: `Migration ${record.version} (${record.name}) is recorded as ${record.status} and is not part of this run: it is being applied just now, or a run was cut off in it.${saidBy(record)}`,
      help: `Let a run finish it first. If its file is gone, or no run can: ${byHand(record.version)}`,
    }))
}

/** What it left may be named there and nowhere else. */
function saidBy({ errorMessage }: AppliedRecord): string {
  return errorMessage ? ` Its row says: ${cutMessage(errorMessage, 300).replace(/\.$/, '')}.` : ''
}

/** `version` picks one migration: those it would jump over are named, unless that is allowed. */
function skippedOlder(
  pending: readonly PlannedMigration[],
  chosen: readonly PlannedMigration[],
  { only, allowOutOfOrder }: Pick<Config, 'only' | 'allowOutOfOrder'>,
): Problem[] {
  const [first] = chosen
  const older = first ? pending.slice(0, pending.indexOf(first)) : []
  if (only === undefined || allowOutOfOrder || !first || older.length === 0) return []
  return [
    {
      message: `${first.file.name} would be applied before older pending migrations: ${nameAll(older)}.`,
      help: `Apply those first (to: ${first.file.version} applies them all in order), or run with allow-out-of-order.`,
    },
  ]
}

/** What a migration declares to need is applied before it, or with it. */
function skippedNeeds(chosen: readonly PlannedMigration[], deferred: readonly PlannedMigration[]): Problem[] {
  const left = new Map(deferred.map((migration) => [versionKey(migration.file.version), migration]))
  return chosen.flatMap(({ file }) => {
    const missing = file.dependsOn.flatMap((version) => left.get(versionKey(version)) ?? [])
    return missing.length === 0
      ? []
      : [
          {
            message: `${file.name} needs ${nameAll(missing)}, pending and not part of this run.`,
            help: 'Apply those first.',
          },
        ]
  })
}

function nameAll(migrations: readonly PlannedMigration[]): string {
  return migrations.map(({ file }) => file.name).join(', ')
}
