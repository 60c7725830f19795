import { versionKey } from '../../model/version.js'
import { resumePoint } from '../../sql/resume-point.js'
import type { Work } from '../executor.js'
import type { Group } from './choose-group.js'
import { isLoss } from './is-loss.js'
import type { Stop } from './reached.js'
import { settleStarted } from './settle-started.js'
import { stillLeft } from './tell-left.js'

/**
 * Takes away what an earlier run left of files that run in one transaction by now: a statement of them failed that could
 * not stand in one. Sends nothing where no row tells of such.
 *
 * @returns what stands against it
 */
export async function settleLeftovers(work: Work, { migrations }: Group): Promise<Stop | undefined> {
  const left = work.records.filter(({ journal, status }) => journal !== null && status !== 'completed')
  if (left.length === 0) return undefined
  const byVersion = new Map(left.map((record) => [versionKey(record.version), record]))
  for (const [ahead, migration] of migrations.entries()) {
    const point = resumePoint(migration, byVersion.get(versionKey(migration.file.version)))
    if (point.kind === 'refused' || !point.journal.started) continue
    const { failure } = await settleStarted(work, migration, point.journal)
    if (failure && isLoss(failure)) return { kind: 'lost', failure, at: migration, ahead }
    if (failure) return { kind: 'failed', failure: stillLeft(failure), state: 'failed', ahead }
  }
  return undefined
}
