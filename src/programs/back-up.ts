import { docsPage } from '../model/docs-page.js'
import type { BackupAsked, BackupDone, BackupPart } from './backups/backup-done.js'
import { dumpTarget } from './backups/dump-target.js'
import { markMoment } from './backups/mark-moment.js'
import { recordBackup } from './backups/record-backup.js'
import type { Way } from './way.js'

/**
 * Backs a target up under the run's lock, and records it in the history: what is not recorded does not count. Never throws;
 * for a bundle of its own.
 *
 * @param onPart told of each part as it begins
 */
export async function backUp(
  run: Way,
  asked: BackupAsked,
  onPart: (part: BackupPart) => void = () => {},
): Promise<BackupDone> {
  let part: Exclude<BackupPart, 'keep'> = 'dump'
  const begin = (next: BackupPart) => {
    if (next !== 'keep') part = next
    onPart(next)
  }
  try {
    const done = asked.mode === 'marker' ? await markMoment(run, begin) : await dumpTarget(run, asked, begin)
    if ('why' in done) return await failed(run, part, done.why)
    if (done.kind === 'taken')
      run.gathered.backup = { path: done.backup.path, sha256: done.backup.manifest.sha256 }
    return done
  } catch (error) {
    return await failed(run, part, error instanceof Error ? error.message : String(error))
  }
}

/** What failed is part of the history as well. That it can not be recorded changes nothing: nothing is applied. */
async function failed(run: Way, part: Exclude<BackupPart, 'keep'>, foreign: string): Promise<BackupDone> {
  const why = run.config.redact(foreign).replace(/\.$/, '')
  const event = part === 'mark' ? 'backup-marker' : 'backed-up'
  if (part !== 'record')
    await recordBackup(run, { event, status: 'failed', errorMessage: `${WHAT[part]}: ${why}` }).catch(
      () => {},
    )
  return {
    kind: 'failed',
    part,
    problem: { message: `${WHAT[part]}: ${why}.`, help: HELP[part] },
  }
}

const WHAT: Readonly<Record<Exclude<BackupPart, 'keep'>, string>> = {
  mark: 'The point in time could not be read',
  dump: 'There is no backup',
  prove: 'The backup was not accepted',
  record: 'The backup does not count',
}

const HELP: Readonly<Record<Exclude<BackupPart, 'keep'>, string>> = {
  mark: 'Run again.',
  dump: `Mend that and run again. What a backup needs on the machine and of the role: ${docsPage('backup', 'what-it-needs')}.`,
  prove: `A backup that can not be restored is none: mend that and run again. What a proof needs on the machine: ${docsPage('backup', 'the-proof')}.`,
  record: 'Run again.',
}
