import type { Config } from '../../model/config.js'
import type { Finding, SuppressedFinding } from '../../model/finding.js'
import type { MigrationFile } from '../../model/migration.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Tracking } from '../../model/target.js'
import { preparingMigration } from '../../plan/prepare-migration.js'
import { collectStatements } from '../../rules/collect-statements.js'
import { openJudge } from '../../rules/judge.js'
import { needsNoTransaction } from '../../sql/classify.js'
import { openParser } from '../../sql/open-parser.js'
import { readBodies } from '../../sql/read-bodies.js'
import { openBreathing } from './breathing.js'
import { excluderOf } from './excluder-of.js'

/** Files that are read as SQL, and what stands against them. */
export interface JudgedFiles {
  readonly migrations: readonly RunnableMigration[]
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** What rules that are off here claim. */
  readonly unsaid: readonly Finding[]
}

/** What is known besides the files. */
export interface JudgeFilesOptions {
  /** Of the server they are for, where it is known. */
  readonly postgres?: number
  readonly tracking?: Tracking
  /** Those that no database can have yet, as far as is known. The rules are asked about them alone, unless about all. Default: all. */
  readonly added?: ReadonlySet<MigrationFile>
  /** Asks the run to end. */
  readonly signal?: AbortSignal
}

/**
 * Reads files in the order they run in, and asks the rules about them, one file's statements in memory at a time, or a
 * part of them.
 *
 * @throws Ended where the run is asked to end meanwhile
 */
export async function judgeFiles(
  files: readonly MigrationFile[],
  config: Pick<Config, 'judging'>,
  { postgres, tracking, added, signal }: JudgeFilesOptions = {},
): Promise<JudgedFiles> {
  const { judging } = config
  const parser = await openParser()
  const judge = openJudge({
    judging,
    postgres: postgres ?? judging.postgres,
    isExcluded: excluderOf(judging.excludes),
  })
  const migrations: RunnableMigration[] = []
  const findings: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  const unsaid: Finding[] = []
  const take = (said: Omit<JudgedFiles, 'migrations'>) => {
    findings.push(...said.findings)
    suppressed.push(...said.suppressed)
    unsaid.push(...said.unsaid)
  }
  const breathing = openBreathing(signal)
  for (const file of files) {
    const isThere = added !== undefined && !added.has(file)
    const hearing = !isThere || judging.all ? judge.begin(file, isThere) : judge.beginLearning(file)
    // What comes in a later part may still show that it can't run in a transaction.
    let transactional = !file.directives.noTransaction
    const collection = collectStatements(
      (statement) => readBodies(parser, file.text, statement),
      (statements) => hearing.hear({ statements, transactional }),
    )
    const prepared = await breathing(
      preparingMigration(parser, file, tracking, (statement, offsetOf) => {
        transactional &&= needsNoTransaction(statement) === undefined
        collection.see(statement, offsetOf)
      }),
    )
    const { mode, unreadable } = prepared.runnable
    hearing.hear({ statements: collection.statements, transactional: mode === 'transaction' })
    migrations.push(prepared.runnable)
    findings.push(...prepared.findings)
    take(withoutRefused(hearing.end(unreadable !== undefined), prepared.findings))
  }
  take(judge.conclude())
  return { migrations, findings, suppressed, unsaid }
}

/** What can not run in the file's own transaction has been refused at the same place already. */
function withoutRefused<T extends Pick<JudgedFiles, 'findings'>>(said: T, refused: readonly Finding[]): T {
  const places = refused
    .filter(({ rule }) => rule === 'statement-in-transaction' || rule === 'transaction-control')
    .map(({ position }) => JSON.stringify(position))
  if (places.length === 0) return said
  const isTold = ({ rule, position }: Finding) =>
    rule === 'concurrently-in-transaction' && places.includes(JSON.stringify(position))
  return { ...said, findings: said.findings.filter((finding) => !isTold(finding)) }
}
