import { atOnce } from '../model/at-once.js'
import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { Tracking } from '../model/target.js'
import { blank } from '../sql/blank.js'
import { needsNoTransaction } from '../sql/classify.js'
import { explainKeyword } from '../sql/explain-keyword.js'
import { findPlaceholders } from '../sql/find-placeholders.js'
import type { Parser, Statement } from '../sql/open-parser.js'
import { place } from '../sql/place.js'
import { explainSyntaxError } from '../sql/psql-command.js'
import { readSetting } from '../sql/read-setting.js'
import { shortestLockTimeout } from '../sql/shortest-lock-timeout.js'
import { standIn } from '../sql/stand-in.js'
import { type TransactionShape, transactionShape } from '../sql/transaction-shape.js'
import { trackingStatements } from './creates-tracking.js'
import { honourControl } from './honour-control.js'
import { preparePieces } from './prepare-pieces.js'
import { MOST_FINDINGS, type ReadScript, readScript, type See } from './read-script.js'
import { readStatement } from './read-statement.js'
import { refuseForeignMarks } from './refuse-foreign-marks.js'
import { refusePlaceholder } from './refuse-placeholder.js'
import { refuseShape } from './refuse-shape.js'
import { refuseCall, refuseStatement } from './refuse-statement.js'
import { refuseUnread } from './refuse-unread.js'
import { openInside } from './stays-inside.js'

/** A file read as SQL: ready to be sent, or what stands against it. */
export interface Prepared {
  readonly runnable: RunnableMigration
  readonly findings: readonly Finding[]
}

/**
 * Parses a file and decides how it runs.
 *
 * @param tracking where known, statements that would create the tracking tables again are left out, so that the
 *   custom runner's own first file runs harmlessly
 * @param see called with each statement in order, with its tree
 */
export function prepareMigration(
  parser: Parser,
  file: MigrationFile,
  tracking?: Tracking,
  see?: See,
): Prepared {
  return atOnce(preparingMigration(parser, file, tracking, see))
}

/** {@link prepareMigration} with a pause after some statements each, for who has others to attend to meanwhile. */
export function* preparingMigration(
  parser: Parser,
  file: MigrationFile,
  tracking?: Tracking,
  see?: See,
): Generator<undefined, Prepared> {
  const written = file.text.slice(0, file.up.end)
  const { placeholders, misplaced } = findPlaceholders(written, file.directives.substitute ?? [])
  const locks: number[] = []
  const { runnable, findings } = yield* preparingText(
    parser,
    file,
    standIn(written, placeholders),
    tracking,
    (statement, offsetOf) => {
      const lock = readSetting(statement, 'lock_timeout')
      if (lock?.ms) locks.push(Math.round(lock.ms))
      see?.(statement, offsetOf)
    },
  )
  const ownLockMs = shortestLockTimeout(locks)
  return {
    runnable: {
      ...runnable,
      ...(ownLockMs > 0 ? { ownLockMs } : {}),
      ...(placeholders.length > 0 ? { placeholders } : {}),
    },
    findings: [
      ...refuseForeignMarks(file),
      ...misplaced.slice(0, MOST_FINDINGS).map((one) => refusePlaceholder(file, one)),
      ...findings,
    ],
  }
}

/** @param up the part of the file that is applied, as the parser can read it */
function* preparingText(
  parser: Parser,
  file: MigrationFile,
  up: string,
  tracking: Tracking | undefined,
  see: See,
): Generator<undefined, Prepared> {
  const refused: Finding[] = []
  const calls: Finding[] = []
  let outside: RunnableStatement | undefined
  const inside = openInside()
  const script = yield* readScript(parser, file, up, tracking, (statement, offsetOf) => {
    see(statement, offsetOf)
    inside.see(statement)
    if (refused.length < MOST_FINDINGS) refused.push(...refuseStatement(file, statement))
    if (calls.length < MOST_FINDINGS) calls.push(...refuseCall(file, statement))
    if (!outside && needsNoTransaction(statement)) outside = readStatement(statement)
  })
  const declared = file.directives.noTransaction
  const alone = declared || outside !== undefined
  const found = [
    ...script.findings,
    ...script.unread.map(({ span, reason }) => unread(file, span, reason, alone)),
  ]
  if (script.syntaxError)
    return { runnable: unsent(file, up), findings: [...found, ...refuseSyntax(file, script)] }
  found.push(...calls, ...script.unread.flatMap(({ span }) => refuseUnread(file, span)))
  const fits = !script.large && script.unread.length === 0
  if (script.statements && (fits || declared || outside)) {
    const prepared = prepareStatements(file, up, script, script.statements, tracking)
    const runnable = inside.staysInside()
      ? { ...prepared.runnable, staysInside: true as const }
      : prepared.runnable
    return { runnable, findings: [...found, ...prepared.findings] }
  }
  const prepared = preparePieces(file, up, script, outside)
  const tracked = script.tracked.slice(0, MOST_FINDINGS).map((span) => leftOut(file, span))
  return { ...prepared, findings: [...found, ...prepared.findings, ...refused, ...tracked] }
}

function prepareStatements(
  file: MigrationFile,
  up: string,
  { foreign, copies }: ReadScript,
  all: readonly Statement[],
  tracking?: Tracking,
): Prepared {
  const declared = file.directives.noTransaction
  const shape: TransactionShape = declared ? { kind: 'none' } : transactionShape(all, up)
  const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : []
  const inside = shape.kind === 'outer-pair' ? all.slice(1, -1) : all
  const tracked = tracking ? trackingStatements(inside, tracking) : []
  const kept = inside.filter((statement) => !tracked.includes(statement))
  const honoured = declared ? honourControl(file, kept) : undefined
  const statements = (honoured?.statements ?? kept.map(readStatement)).map((each) => withRows(each, copies))
  const outside = statements.find((statement) => statement.outside !== undefined)
  const runnable: RunnableMigration = {
    file,
    text: blank(up, [...pair, ...tracked.map((statement) => statement.span)], foreign),
    statements,
    mode: declared || outside ? 'no-transaction' : 'transaction',
    ...(declared ? { alone: true } : {}),
  }
  return {
    runnable,
    findings: [
      ...refuseShape(file, shape, outside),
      ...(honoured?.findings ?? []),
      ...kept.flatMap((each, index) => refuseStatement(file, each, statements[index])),
      ...tracked.map((each) => leftOut(file, each.span)),
    ],
  }
}

function withRows(statement: RunnableStatement, copies: ReadScript['copies']): RunnableStatement {
  const copyData = copies.get(statement.span.start)
  return copyData ? { ...statement, copyData } : statement
}

function unsent(file: MigrationFile, text: string): RunnableMigration {
  const mode = file.directives.noTransaction ? 'no-transaction' : 'transaction'
  return { file, text, mode, unreadable: 'it has a syntax error' }
}

/** What psql would do with it is wrong already, and the text around it may make no sense without that. */
function refuseSyntax(file: MigrationFile, { syntaxError: error, findings }: ReadScript): Finding[] {
  if (!error || findings.length > 0) return []
  return [
    {
      rule: 'syntax-error',
      severity: 'error',
      ...place(file, { start: error.offset, end: error.offset + 1 }),
      // The parser quotes what it stumbles over.
      message: `PostgreSQL can not read this: ${isSecret(file, error.offset) ? 'syntax error' : error.message}.`,
      help:
        explainSyntaxError(file.text, error.offset) ??
        explainKeyword(file.text, error.offset) ??
        'Correct the statement. The grammar is that of PostgreSQL 18.',
    },
  ]
}

/** A secret that is cut in two by a quote of its own, say, or the quote before it. */
function isSecret({ secrets = [] }: MigrationFile, offset: number): boolean {
  return secrets.some(({ span }) => offset >= span.start - LONGEST_OPENING && offset <= span.end)
}

/** `E'`, or `$tag$` cut short. */
const LONGEST_OPENING = 2

/** @param alone the file runs outside of a transaction, or is refused for what can only run there */
function unread(file: MigrationFile, { start }: Span, reason: string, alone: boolean): Finding {
  return {
    rule: 'unreadable-sql',
    severity: 'warning',
    ...place(file, { start, end: start + 1 }),
    message: `This statement could not be analysed: ${reason}.`,
    help: `${alone ? '' : 'It is applied as it is, in one transaction with its record. '}Smaller statements can be analysed.`,
  }
}

function leftOut(file: MigrationFile, span: Span): Finding {
  return {
    rule: 'tracking-statement',
    severity: 'notice',
    ...place(file, span),
    message: 'This is left out: the tracking tables are there already, and this tool keeps them.',
    help: 'Nothing is to be done.',
  }
}
