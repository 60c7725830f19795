import { touchedRelations } from '../backup/touched-relations.js'
import { notRun } from '../executors/sql/course.js'
import { ConnectionError } from '../model/connection-error.js'
import type { Finding } from '../model/finding.js'
import type { RunnableMigration } from '../model/plan.js'
import { renderBytes } from '../render/bytes.js'
import type { BackupAsked, BackupDone } from './backups/backup-done.js'
import { withTables } from './recording/with-tables.js'
import type { Way } from './way.js'

/**
 * Backs the target up before anything is applied to it, as the configuration asks.
 *
 * @returns the run as it goes on, for which our own tables are there now; undefined where nothing may be applied, for want of
 *   the backup that was asked for
 * @throws ConnectionError where the connection was lost while nothing more than a point in time was to be recorded
 */
export async function backUpBefore(
  run: Way,
  migrations: readonly RunnableMigration[],
): Promise<Way | undefined> {
  const { config, gathered } = run
  const { mode } = config.backup
  if (mode === undefined && config.environment.class === 'production')
    gathered.findings = [...(gathered.findings ?? []), NO_CHOICE]
  if (mode === undefined || mode === 'off') return run
  const asked = mode === 'touched' ? askForTouched(run) : { mode }
  // What dumps connects too, and a pool may have no connection more than the run and its watch.
  await run.watch.rest()
  const { backUp } = await import(/* webpackIgnore: true */ './back-up.js')
  const losses = run.door.losses()
  const done = await backUp(run, asked)
  if (done.kind !== 'failed') {
    note(run, [tellDone(done), ...done.notes])
    if (done.kind === 'marker') gathered.isMarked = true
    return asRecorded(run)
  }
  const { message, help } = done.problem
  // A point in time costs nothing: it is recorded again, with all that came before it.
  const isLost = run.door.losses() > losses && !run.lastTry && gathered.outcomes === undefined
  if (isLost && asked.mode === 'marker') throw new ConnectionError({ message, help }, 'cut')
  gathered.outcomes = migrations.map(notRun)
  gathered.refusals = [...(gathered.refusals ?? []), { message: `${message} Nothing was applied.`, help }]
  return undefined
}

/** It was recorded. */
function asRecorded(run: Way): Way {
  const { known } = run
  return { ...run, known: { ...known, schemaExists: true, target: withTables(known.target) } }
}

const NO_CHOICE: Finding = {
  rule: 'no-backup-chosen',
  severity: 'warning',
  message:
    'This environment is of class production, and nobody said whether it is backed up before it is changed.',
  help: 'Say it in devflow.yml, for the environment: backup: full, or backup: touched, or backup: marker where the provider can go back to a point in time; or backup: off.',
}

/** Where the rehearsal does not tell, all is backed up. */
function askForTouched(run: Way): BackupAsked {
  const touched = touchedRelations(run.gathered.rehearsal ?? [])
  if ('why' in touched) {
    note(run, [`Backed up in full, and not only what is touched: ${run.config.redact(touched.why)}.`])
    return { mode: 'full' }
  }
  return { mode: 'touched', touched }
}

function note({ gathered }: Way, sentences: readonly string[]): void {
  gathered.notes = [...(gathered.notes ?? []), ...sentences]
}

function tellDone(done: Exclude<BackupDone, { kind: 'failed' }>): string {
  if (done.kind === 'marker') {
    const { serverTime, lsn } = done.moment
    return `The point in time before this run is recorded: ${serverTime}, LSN ${lsn}.`
  }
  const { path, manifest } = done.backup
  const proven = manifest.verified ? ', restored and compared' : ''
  return `Backed up to ${path}: ${renderBytes(manifest.bytes)}, sha256:${manifest.sha256}, LSN ${manifest.lsn}${proven}.`
}
