import { atOnce } from '../../model/at-once.js'
import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import type { Span } from '../../model/position.js'
import type { Reach } from '../../model/reach.js'
import { fillIn } from '../../sql/fill-in.js'
import type { Parser } from '../../sql/open-parser.js'
import { reachOfRows } from '../../sql/reach/reach-of-rows.js'
import { readReach } from '../../sql/reach/read-reach.js'
import { scanScript } from '../../sql/scan-script.js'

/** What the pending files set in motion. */
export interface PendingReach {
  readonly files: readonly FileReach[]
  /** What is in the target decides what some of it does: `escapeFactsQuery` is to be asked. */
  readonly needsFacts: boolean
}

export interface FileReach {
  readonly path: string
  /** Of each statement; undefined for one that is not sent in any case. */
  readonly statements?: readonly (Reach | undefined)[]
  /** Of a file in pieces, in order, those that are the same once, as long as nothing changes what they would do. */
  readonly pieces?: readonly Reach[]
}

/**
 * Reads what would be sent, values filled in, once more: what runs then is decided by names, and a name may be a value.
 */
export function readPendingReach(parser: Parser, migrations: readonly RunnableMigration[]): PendingReach {
  return atOnce(readingPendingReach(parser, migrations))
}

/** {@link readPendingReach} with a pause after some statements each: a large file takes seconds. */
export function* readingPendingReach(
  parser: Parser,
  migrations: readonly RunnableMigration[],
): Generator<undefined, PendingReach> {
  const files: FileReach[] = []
  for (const migration of migrations) files.push(yield* readFile(parser, migration))
  const needsFacts = files.some(({ statements = [], pieces = [] }) =>
    [...statements, ...pieces].some((reach) => reach && (reach.calls || reach.uses || reach.commands)),
  )
  return { files, needsFacts }
}

function* readFile(parser: Parser, migration: RunnableMigration): Generator<undefined, FileReach> {
  const { path } = migration.file
  if (!migration.statements) return { path, pieces: yield* readPieces(parser, migration) }
  const statements: (Reach | undefined)[] = []
  for (const statement of migration.statements) {
    statements.push(readStatement(parser, migration, statement))
    yield
  }
  return { path, statements }
}

function readStatement(
  parser: Parser,
  migration: RunnableMigration,
  { outside, done, sets, span }: RunnableStatement,
): Reach | undefined {
  // Whatever an earlier run did may have set what the session is set to again.
  if (done && sets === undefined) return { movesPath: true }
  if (outside !== undefined) return undefined
  const part = migration.text.slice(span.start, span.end)
  return readOne(parser, fillIn(part, span.start, migration).sql)
}

function readOne(parser: Parser, sql: string): Reach {
  const rows = sql.length > MANY_ROWS ? reachOfRows(sql) : undefined
  if (rows) return rows
  const parsed = parser.parse(sql)
  if (parsed.kind === 'statements') {
    const [statement] = parsed.statements
    return statement ? readReach(parser, sql, statement) : {}
  }
  return { unknown: [UNREAD] }
}

/** Characters of an INSERT from which on its rows are not made a tree of. */
const MANY_ROWS = 16 * 1024

const UNREAD = 'it could not be analysed'

/** Values are filled in statement by statement: what is left out, and where statements end, is the file's. */
function* readPieces(
  parser: Parser,
  { pieces = [], ...migration }: RunnableMigration,
): Generator<undefined, Reach[]> {
  const left = pieces.flatMap((piece) => piece.left)
  const kept: Kept = { reaches: [], same: new Set() }
  for (const { kind, span } of scanScript(migration.text)) {
    yield
    if (kind === 'psql-command' || isLeft(span, left)) continue
    const { sql } = fillIn(migration.text.slice(span.start, span.end), span.start, migration)
    keep(kept, reachOfRows(sql) ?? readOne(parser, sql))
    if (kept.reaches.length > MOST) return [{ unknown: ['it sets too much in motion to be told'] }]
  }
  return kept.reaches
}

/** Kinds of statements of a file in pieces that are told apart. */
const MOST = 20_000

interface Kept {
  readonly reaches: Reach[]
  /** Of those since the last one that changed what others do. */
  readonly same: Set<string>
}

/** What makes something is kept each time: what is made may differ where its text does not show. */
function keep({ reaches, same }: Kept, reach: Reach): void {
  if (Object.keys(reach).length === 0) return
  const key = JSON.stringify(reach)
  if (same.has(key) && !reach.makes) return
  // From here on an equal statement may do something else.
  if (Object.keys(reach).some((part) => !CHANGES_NOTHING.has(part))) same.clear()
  same.add(key)
  reaches.push(reach)
}

/** What a statement sets in motion without changing what its like would set in motion after it. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set([
  'calls',
  'uses',
  'commands',
  'escapes',
  'unknown',
] satisfies (keyof Reach)[])

/** Its own outer BEGIN and COMMIT, and statements that make the tracking tables. */
function isLeft({ start }: Span, left: readonly Span[]): boolean {
  return left.some((span) => span.start <= start && start < span.end)
}
