import { asking } from '../../backup/read-contents.js'
import { readMoment } from '../../backup/snapshot.js'
import type { Moment } from '../../model/backup.js'
import type { Way } from '../way.js'
import type { BackupPart, TriedBackup } from './backup-done.js'
import { recordBackup } from './record-backup.js'
import { tellMoment } from './tell-moment.js'

/** Records the point in time that a provider's own backup can go back to. */
export async function markMoment(run: Way, begin: (part: BackupPart) => void): Promise<TriedBackup> {
  const { config, known } = run
  const { id } = config.backup
  begin('mark')
  const moment = await read(run)
  if ('why' in moment) return moment
  begin('record')
  const why = await recordBackup(run, {
    event: 'backup-marker',
    status: 'success',
    ...(id === undefined ? {} : { name: id }),
    detail: [
      ...tellMoment(moment),
      ...(id === undefined ? [] : [`backup id ${id}`]),
      `database ${known.target.database}`,
    ].join(', '),
  })
  return why === undefined
    ? { kind: 'marker', moment, notes: [] }
    : { why: `it could not be recorded: ${why}` }
}

/** What failed leaves no transaction open: the failure is recorded on the same session. */
async function read({ session, known }: Way): Promise<Moment | { readonly why: string }> {
  try {
    const moment = await readMoment(asking(session))
    return { ...moment, systemIdentifier: known.target.systemIdentifier ?? null }
  } catch (error) {
    await session.send('ROLLBACK;')
    return { why: error instanceof Error ? error.message : String(error) }
  }
}
