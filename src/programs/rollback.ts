import { makeDownBooks } from '../database/make-down-books.js'
import { loadDowns } from '../migrations/load-downs.js'
import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { OperationStep } from '../model/operation.js'
import type { Problem } from '../model/problem.js'
import { versionKey } from '../model/version.js'
import { chooseRollback, type Undone } from '../plan/choose-rollback.js'
import { findSchemaDrift } from '../plan/find-schema-drift.js'
import { matchChecksum } from '../plan/match-checksum.js'
import { applyDowns } from './apply-downs.js'
import { judgeDowns } from './judging/judge-downs.js'
import { isHealthyBefore } from './keep-healthy.js'
import { proposeReverse } from './propose-reverse.js'
import { rehearsePending } from './rehearse-pending.js'
import type { Way } from './way.js'

/**
 * Undoes applied migrations by their down parts, the newest first: planned, rehearsed, asked for and recorded like
 * migrations. Nothing is undone unless each has one.
 */
export async function rollback(asked: Way): Promise<void> {
  const { config, gathered, known } = asked
  const { files = [] } = gathered
  const { steps, propose = false, reason } = config.history ?? {}
  const { undone, refusals } = chooseRollback(files, known.records, {
    ...config,
    ...(steps === undefined ? {} : { steps }),
  })
  gathered.operation = { steps: [] }
  if (refuse(asked, refusals)) return
  const { downs, findings } = await loadDowns(config, files)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  if (propose) return proposeReverse(asked, undone, downs)
  tellSchemaDrift(asked)
  const parts = undone.map((one) => ({ ...one, down: downs.get(versionKey(one.record.version)) }))
  const lacking = parts.filter(({ down }) => down === undefined)
  if (refuse(asked, [...(lacking.length > 0 ? [noDown(lacking)] : []), ...refuseEdited(asked, parts)])) return
  gathered.operation = { steps: parts.map(makeStep) }
  const records = parts.map(({ record }) => record)
  const run: Way = {
    ...asked,
    books: (base, target, writer) => makeDownBooks(base, target, writer, records, reason),
  }
  const planned = await judgeDowns(
    run,
    parts.flatMap(({ down, record }) => (down ? [{ ...down, version: record.version }] : [])),
    records,
  )
  if (planned === undefined) return
  if (planned.migrations.length > 0 && !(await isHealthyBefore(run))) return
  if (await rehearsePending(run, planned)) await applyDowns(run, planned.migrations)
  else tellRehearsal(run)
}

/** What other hands changed since would be taken for what the rollback leaves. */
function tellSchemaDrift({ config, gathered, known }: Way): void {
  const { findings, notes } = findSchemaDrift(known.schemaComparison, config)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  gathered.notes = [...(gathered.notes ?? []), ...notes]
}

function refuse({ gathered }: Way, refusals: readonly Problem[]): boolean {
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals]
  return refusals.length > 0
}

interface Part extends Undone {
  readonly down: MigrationFile | undefined
}

function makeStep({ record, file, down }: Part): OperationStep {
  const { version, name } = record
  const by =
    down !== undefined && down.name === file?.name ? 'the down section of the file' : (down?.name ?? '')
  return { what: `undo ${name}, by ${by}`, version, name, state: 'planned' }
}

function noDown(lacking: readonly Part[]): Problem {
  const names = lacking.slice(0, MOST_NAMED).map(({ record }) => record.name)
  const more = lacking.length > MOST_NAMED ? ` and ${lacking.length - MOST_NAMED} more` : ''
  return {
    message: `${names.join(', ')}${more}: there is no down part, so nothing is undone.`,
    help: 'Write a new migration that reverses it, instead of editing the old one: rollback with propose writes a beginning of it, to be read and completed. Or restore the backup from before it into a new database. What was undone by hand is recorded by repair with reverted.',
  }
}

/** What is in the database is what the former text made; the down part was written for the one that is there now. */
function refuseEdited({ config, gathered }: Way, parts: readonly Part[]): Problem[] {
  const edited = parts.flatMap(({ record, file }) => (isEdited(record, file) ? [record.name] : []))
  if (edited.length === 0) return []
  const message = `${edited.join(', ')}: edited after it was applied, so its down part may be one for something else.`
  if (!config.judging.force)
    return [
      {
        message,
        help: 'Put the text back that was applied, and write a down part that is new as a file beside it (.down.sql); or force it, where only the down part was edited.',
      },
    ]
  gathered.notes = [...(gathered.notes ?? []), `${message} It is forced.`]
  return []
}

function isEdited(record: AppliedRecord, file: MigrationFile | undefined): boolean {
  return file !== undefined && !matchChecksum(record.checksum, file)
}

/** A rehearsal that failed is the end of it: the step says so, and nothing was undone. */
function tellRehearsal({ gathered }: Way): void {
  const failed = gathered.rehearsal?.find(({ state }) => state === 'failed')
  delete gathered.outcomes
  if (failed === undefined) return
  const { steps = [], ...rest } = gathered.operation ?? {}
  gathered.operation = {
    ...rest,
    steps: steps.map((step) =>
      step.version === failed.version
        ? { ...step, state: 'failed', ...(failed.failure ? { failure: failed.failure } : {}) }
        : { ...step, state: 'not-run' },
    ),
  }
}

const MOST_NAMED = 5
