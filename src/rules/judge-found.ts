import type { Judging, Levels } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { RuleId } from '../model/rule-ids.js'
import { RULES } from './all-rules.js'
import { type Judged, makeFindings, silencing } from './make-findings.js'

/** What a rehearsal found of a rule, in a file. */
export interface Found {
  readonly rule: RuleId
  readonly file: MigrationFile
  readonly span: Span
  readonly message: string
  readonly help: string
  /** In place of the rule's. */
  readonly levels?: Levels
}

/** What was found only by running files, judged as all else is: by configured levels, and by the comments that silence it. */
export function judgeFound(
  found: readonly Found[],
  migrations: readonly RunnableMigration[],
  judging: Judging,
): Judged {
  const files = new Set(found.map(({ file }) => file))
  const silenced = new Map(
    migrations
      .filter(({ file }) => files.has(file))
      .map(({ file, statements = [] }) => [
        file,
        silencing({ file, statements: statements.map(({ span }) => ({ span, within: 'file' as const })) }),
      ]),
  )
  const hits = found.map(({ rule, ...hit }) => ({ rule: RULES[rule], hit }))
  const { findings, ...rest } = makeFindings(hits, judging, silenced)
  return { ...rest, findings: findings.map((finding) => ({ ...finding, measured: 'found' })) }
}
