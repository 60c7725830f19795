import type { Config } from '../model/config.js'
import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Tracking } from '../model/target.js'
import { prepareMigration } from '../plan/prepare-migration.js'
import { collectStatements } from '../rules/collect-statements.js'
import { openJudge } from '../rules/judge.js'
import { openParser } from '../sql/open-parser.js'
import { readBodies } from '../sql/read-bodies.js'
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
}

/** Reads files in the order they run in, and asks the rules about them, one file's statements in memory at a time. */
export async function judgeFiles(
  files: readonly MigrationFile[],
  config: Pick<Config, 'judging'>,
  { postgres, tracking, added }: JudgeFilesOptions = {},
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
  for (const file of files) {
    const { statements, see } = collectStatements((statement) => readBodies(parser, file.text, statement))
    const prepared = prepareMigration(parser, file, tracking, see)
    migrations.push(prepared.runnable)
    findings.push(...prepared.findings)
    const transactional = prepared.runnable.mode === 'transaction'
    const isPartial = prepared.runnable.unreadable !== undefined
    const isThere = added !== undefined && !added.has(file)
    if (!isThere || judging.all)
      take(
        withoutRefused(
          judge.judge({ file, statements, transactional, isPartial }, isThere),
          prepared.findings,
        ),
      )
    else judge.learn({ file, statements })
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
