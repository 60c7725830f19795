import type { Finding } from '../../model/finding.js'
import type { AppliedRecord } from '../../model/history.js'
import type { MigrationFile } from '../../model/migration.js'
import { versionKey } from '../../model/version.js'
import { findUnfinished } from '../../plan/find-unfinished.js'
import { prepareMigration } from '../../plan/prepare-migration.js'
import { openParser } from '../../sql/open-parser.js'
import type { Way } from '../way.js'
import { hideFileSecrets } from './hide-file-secrets.js'

/** Says of files that an earlier run began what `plan` says of them, where nothing else of the files is read as SQL. */
export async function tellUnfinished(
  { config, known, gathered, signal }: Way,
  files: readonly MigrationFile[],
): Promise<void> {
  const parser = await openParser()
  const migrations = (await hideFileSecrets(files, config, signal)).map(
    (file) => prepareMigration(parser, file, known.target.tracking).runnable,
  )
  const findings = migrations.flatMap((migration) => {
    const key = versionKey(migration.file.version)
    const records = known.records.filter(({ version }) => versionKey(version) === key)
    return findUnfinished([migration], records).findings.map((finding) => whileItMayRun(finding, records))
  })
  gathered.findings = [...(gathered.findings ?? []), ...findings]
}

/** No lock is held: what is recorded as running may be at work just now, and is no error then. */
function whileItMayRun(finding: Finding, records: readonly AppliedRecord[]): Finding {
  if (finding.severity !== 'error' || !records.some(({ status }) => status === 'running')) return finding
  return {
    ...finding,
    severity: 'warning',
    message: `Unless a run is at it just now: ${finding.message}`,
  }
}
