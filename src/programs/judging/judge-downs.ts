import { makeExcluder } from '../../migrations/glob.js'
import type { AppliedRecord } from '../../model/history.js'
import type { MigrationFile } from '../../model/migration.js'
import { asDeclared } from '../../plan/as-declared.js'
import { findUnfinished } from '../../plan/find-unfinished.js'
import { markForced } from '../../plan/mark-forced.js'
import { mirrorRecords } from '../../plan/mirror-records.js'
import { refuseTogether } from '../../plan/refuse-together.js'
import { RULES } from '../../rules/all-rules.js'
import { settleOperation } from '../recording/settle-operation.js'
import type { ReadyToRehearse } from '../rehearsing/ready-to-rehearse.js'
import type { Way } from '../way.js'
import { fillAll } from './fill-all.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { isStopped } from './is-stopped.js'
import { judgeFiles } from './judge-files.js'

/**
 * Reads the down parts as SQL, asks the rules about them, and gives the rollback its hash.
 *
 * @param downs with the versions of the rows, in the order in which they run
 * @returns undefined where something stands against it that no rehearsal can judge
 */
export async function judgeDowns(
  run: Way,
  downs: readonly MigrationFile[],
  rows: readonly AppliedRecord[],
): Promise<ReadyToRehearse | undefined> {
  const { config, gathered, known, system, signal } = run
  const isLegacy = makeExcluder(config.legacy)
  const files = await hideFileSecrets(
    downs.map((down) => asDeclared(down, config, isLegacy)),
    config,
    signal,
  )
  const { tracking, serverMajor: postgres } = known.target
  const judged = await judgeFiles(files, config, { tracking, postgres, signal })
  const { migrations, findings } = findUnfinished(judged.migrations, mirrorRecords(known.records, files))
  gathered.findings = [
    ...(gathered.findings ?? []),
    ...judged.findings,
    ...findings,
    ...(config.transaction === 'all' ? refuseTogether(migrations) : []),
  ]
  gathered.suppressed = judged.suppressed
  gathered.rules = Object.values(RULES)
  const marked = markForced(migrations, judged.findings)
  settleOperation(run, {
    steps: marked.map(({ file, mode }, index) => ({
      version: file.version,
      applied: rows[index]?.checksum ?? '',
      down: file.checksum,
      mode,
    })),
    forced: marked.flatMap(({ file, forced }) => (forced ? [{ version: file.version, rules: forced }] : [])),
  })
  if (migrations.length === 0 || isStopped(config, gathered)) return undefined
  return { unsaid: judged.unsaid, migrations: fillAll(migrations, config, system) }
}
