import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Trace } from '../model/trace.js'
import { versionKey } from '../model/version.js'
import { parseJournal } from '../sql/journal-text.js'

/** A row of a file that failed and is not part of the run: it was renamed, deleted, or is left for later. */
export interface Forgotten {
  readonly record: AppliedRecord
  /** Where the catalog shows what its statement left. */
  readonly trace: Trace
}

/** Rows that tell of a statement that failed outside a transaction, and that no file of the run settles. */
export function findForgotten(
  records: readonly AppliedRecord[],
  inRun: readonly Pick<MigrationFile, 'version'>[],
): Forgotten[] {
  const versions = new Set(inRun.map(({ version }) => versionKey(version)))
  return records
    .filter(({ status, version }) => status === 'failed' && !versions.has(versionKey(version)))
    .flatMap((record) => {
      const { started } = parseJournal(record.journal ?? '') ?? {}
      const trace = started?.state === 'failed' ? started.trace : undefined
      return trace && trace.kind !== 'repeatable' ? [{ record, trace }] : []
    })
}

/** What is done about one, told by name. */
export function tellForgotten({ record: { name, version } }: Forgotten): Finding {
  return {
    rule: 'unfinished-migration',
    severity: 'notice',
    message: `A statement outside a transaction failed in ${name} in an earlier run, and ${name} is not part of this one.`,
    help: `What the statement left is looked up in the catalog, and taken away before the first file runs; what can't be stops the run. Where nothing is left, repair --clear ${version} has it no longer looked for.`,
  }
}

/** Names of indexes that may be left, as a file that makes them anew would have them in its text. */
export function namesLeft(forgotten: readonly Forgotten[]): string[] {
  return forgotten.flatMap(({ trace }) => {
    if (trace.kind !== 'builds-index') return []
    return trace.index ?? trace.chosen ?? []
  })
}
