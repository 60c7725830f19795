import type { Finding, SuppressedFinding } from '../../src/model/finding.js'
import type { Judging, Level } from '../../src/model/judging.js'
import type { RuleId } from '../../src/model/rule-ids.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { collectStatements } from '../../src/rules/collect-statements.js'
import { openJudge } from '../../src/rules/judge.js'
import { withSecrets } from '../../src/rules/secrets/with-secrets.js'
import { openParser } from '../../src/sql/open-parser.js'
import { readBodies } from '../../src/sql/read-bodies.js'
import { aMigration } from '../support/builders.js'

export interface LintOptions extends Partial<Judging> {
  readonly postgres?: number
  /** `none`: the files run outside of a transaction. */
  readonly transaction?: 'file' | 'none'
  /** Set these rules to a level, so that one that is off by default speaks. */
  readonly on?: readonly RuleId[]
  /** Files that are there already, before those that are judged. */
  readonly before?: string | readonly string[]
}

export interface Linted {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
}

/** What the rules find in files that run one after the other, in production unless said. */
async function lintAll(sql: string | readonly string[], options: LintOptions = {}): Promise<Linted> {
  const { postgres = 15, transaction = 'file', on = [], before = [], ...judging } = options
  const levels = new Map<RuleId, Level>([...(judging.levels ?? []), ...on.map((id) => [id, 'warn'] as const)])
  const judge = openJudge({ judging: aJudging({ ...judging, levels }), postgres })
  const parser = await openParser()
  const read = async (text: string, index: number) => {
    const name = `${String(index + 1).padStart(2, '0')}_file.sql`
    const noTransaction = transaction === 'none'
    const directives = { noTransaction, timeouts: {} }
    const [file = aMigration()] = await withSecrets([aMigration({ name, text, directives })])
    const { statements, see } = collectStatements((statement) => readBodies(parser, text, statement))
    const { runnable } = prepareMigration(parser, file, undefined, see)
    return { file, statements, transactional: runnable.mode === 'transaction' }
  }
  for (const text of [before].flat()) judge.learn(await read(text, -1))
  const judged = []
  for (const [index, text] of [sql].flat().entries()) judged.push(judge.judge(await read(text, index)))
  const all = [...judged, judge.conclude()]
  return {
    findings: all.flatMap(({ findings }) => findings),
    suppressed: all.flatMap(({ suppressed }) => suppressed),
  }
}

/** The findings alone. */
export async function lint(
  sql: string | readonly string[],
  options?: LintOptions,
): Promise<readonly Finding[]> {
  return (await lintAll(sql, options)).findings
}

/** Production, nothing configured, an API that serves `public`. */
export function aJudging(overrides: Partial<Judging> = {}): Judging {
  return {
    class: 'production',
    levels: new Map(),
    excludes: new Map(),
    force: false,
    forced: new Set(),
    postgres: 15,
    apiSchemas: ['public'],
    apiConfigured: true,
    bigTables: [],
    all: false,
    ...overrides,
  }
}
