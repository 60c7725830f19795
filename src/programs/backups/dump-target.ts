import { type BackupPrograms, choosePrograms } from '../../backup/choose-programs.js'
import { isAllowedPlace } from '../../backup/is-allowed-place.js'
import { keepNewest } from '../../backup/keep-newest.js'
import { type TakenBackup, takeBackup } from '../../backup/take-backup.js'
import { findInstallations } from '../../database/embedded/find-installations.js'
import { openLibpq } from '../../database/open-libpq.js'
import { schemaNowQuery } from '../../database/schema/schema-now-query.js'
import type { BackupSettings } from '../../model/backup.js'
import { renderBytes } from '../../render/bytes.js'
import type { Way } from '../way.js'
import type { BackupAsked, BackupPart, TriedBackup } from './backup-done.js'
import { proveBackup } from './prove-backup.js'
import { recordBackup } from './record-backup.js'
import { tellMoment } from './tell-moment.js'

/** Dumps a target, proves the dump where that is asked, records it, and deletes what is too old. */
export async function dumpTarget(
  run: Way,
  asked: BackupAsked,
  begin: (part: BackupPart) => void,
): Promise<TriedBackup> {
  const { config } = run
  const { backup } = config
  begin('dump')
  const started = Date.now()
  const programs = await findPrograms(run)
  if ('why' in programs) return programs
  const misplaced = await whyMisplaced(run)
  if (misplaced !== undefined) return { why: misplaced }
  const notes: string[] = []
  const taken = await take(run, asked, programs, (limits) => {
    notes.push(...limits)
    begin('prove')
  })
  if ('why' in taken) return taken
  begin('record')
  const why = await recordBackup(run, {
    event: 'backed-up',
    status: 'success',
    name: taken.name,
    checksum: `sha256:${taken.manifest.sha256}`,
    milliseconds: String(Date.now() - started),
    detail: tellTaken(taken, backup.id),
  })
  if (why !== undefined) return { why: `it could not be recorded, though it is there: ${why}` }
  begin('keep')
  notes.push(...(await keep(taken, backup)))
  if (config.variableOf('RUNNER_ENVIRONMENT') === 'github-hosted') notes.push(THROWN_AWAY)
  return { kind: 'taken', backup: taken, notes }
}

/** The new one is there and recorded: that an old one could not be deleted stops nothing. */
async function keep({ manifest }: TakenBackup, { directory, keep }: BackupSettings): Promise<string[]> {
  try {
    const deleted = await keepNewest(directory, manifest, keep)
    return deleted.length === 0
      ? []
      : [`Older backups were deleted, because backup-keep is ${keep}: ${deleted.join(', ')}.`]
  } catch (error) {
    return [`Older backups could not be deleted: ${error instanceof Error ? error.message : String(error)}.`]
  }
}

const THROWN_AWAY =
  'This runner is thrown away with its job, and the backup with it: copy it in a later step to where nobody may read it but who may read the database, or use backup: marker.'

async function findPrograms({ known, system }: Way): Promise<BackupPrograms | { readonly why: string }> {
  const found = await findInstallations('pg_dump', system.machine, ['pg_restore', 'psql'])
  return choosePrograms(found, known.target.serverMajor)
}

/** In the action nothing is written but in the workspace and the runner's temporary folder, links followed. */
async function whyMisplaced({ config }: Way): Promise<string | undefined> {
  if (config.entry !== 'action') return undefined
  const temporary = config.variableOf('RUNNER_TEMP')
  const allowed = [config.base, ...(temporary === undefined ? [] : [temporary])]
  return (await isAllowedPlace(config.backup.directory, allowed))
    ? undefined
    : 'backup-directory leads out of the workspace by a link'
}

async function take(
  run: Way,
  { touched }: BackupAsked,
  programs: BackupPrograms,
  onProve: (limits: readonly string[]) => void,
): Promise<TakenBackup | { readonly why: string }> {
  const { config, known, door, system, signal, onNotice } = run
  const { backup, environment } = config
  const { target } = known
  await using session = await door.open(onNotice)
  const { error } = await session.send(known.settings)
  if (error) return { why: error.message }
  return await takeBackup({
    kind: backup.format === 'custom' && backup.jobs > 1 ? 'folder' : backup.format,
    jobs: backup.jobs,
    folder: backup.directory,
    ...(touched ? { touched } : {}),
    facts: {
      toolVersion: config.run.toolVersion,
      environment: environment.name,
      database: target.database,
      serverMajor: target.serverMajor,
      serverVersion: target.serverVersion,
      systemIdentifier: target.systemIdentifier ?? null,
      tracking: { schema: target.tracking.schema, table: target.tracking.table },
    },
    programs,
    openAccess: (removed) => openLibpq({ url: door.url, user: target.user, access: config, removed }),
    session,
    schemaQuery: schemaNowQuery({ tracking: target.tracking, schemas: [] }),
    ...(backup.verify
      ? {
          prove: async (path, manifest) => {
            onProve([])
            const { why, limits } = await proveBackup(run, programs, path, manifest)
            if (why === undefined && limits.length > 0) onProve(limits)
            return why
          },
        }
      : {}),
    signal,
    onStep: (step) => system.observe({ kind: 'note', message: `Backup: ${step}.` }),
  })
}

function tellTaken({ manifest }: TakenBackup, id: string | undefined): string {
  const { mode, kind, bytes, serverVersion, verified, withoutRows } = manifest
  return [
    mode === 'full' ? 'full' : `touched, without the rows of ${withoutRows.length} tables`,
    `${renderBytes(bytes)} in the format ${kind}`,
    `PostgreSQL ${serverVersion}`,
    ...tellMoment(manifest),
    verified ? 'restored and compared' : 'not restored',
    ...(id === undefined ? [] : [`backup id ${id}`]),
  ].join(', ')
}
