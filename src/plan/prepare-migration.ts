import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { Tracking } from '../model/target.js'
import { blank } from '../sql/blank.js'
import { needsNoTransaction } from '../sql/classify.js'
import { excerpt } from '../sql/excerpt.js'
import type { Parser, Statement } from '../sql/open-parser.js'
import { positionOf } from '../sql/position.js'
import { explainSyntaxError } from '../sql/psql-command.js'
import { scanTransaction } from '../sql/scan-transaction.js'
import { type TransactionShape, transactionShape } from '../sql/transaction-shape.js'
import { trackingStatements } from './creates-tracking.js'
import { addedEnumValue, builtIndex } from './read-statement.js'
import { refuseStatement } from './refuse-statement.js'

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
 */
export function prepareMigration(parser: Parser, file: MigrationFile, tracking?: Tracking): Prepared {
  const up = file.text.slice(0, file.up.end)
  const parsed = parser.parse(up)
  const unread = {
    file,
    text: up,
    mode: file.directives.noTransaction ? 'no-transaction' : 'transaction',
  } as const
  if (parsed.kind === 'unreadable') return prepareUnread(unread, parsed.reason)
  if (parsed.kind === 'syntax-error') {
    return { runnable: { ...unread, unreadable: parsed.message }, findings: [syntaxError(file, parsed)] }
  }
  return prepareStatements(file, up, parsed.statements, tracking)
}

function prepareStatements(
  file: MigrationFile,
  up: string,
  all: readonly Statement[],
  tracking?: Tracking,
): Prepared {
  const shape = transactionShape(all, up)
  const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : []
  const inside = shape.kind === 'outer-pair' ? all.slice(1, -1) : all
  const tracked = tracking ? trackingStatements(inside, tracking) : []
  const kept = inside.filter((statement) => !tracked.includes(statement))
  const statements = kept.map(toRunnable)
  const outside = statements.find((statement) => statement.outside !== undefined)
  const declared = file.directives.noTransaction
  const runnable: RunnableMigration = {
    file,
    text: blank(up, [...pair, ...tracked.map((statement) => statement.span)]),
    statements,
    mode: declared || outside ? 'no-transaction' : 'transaction',
  }
  return {
    runnable,
    findings: [
      ...refuseShape(file, shape, outside),
      ...kept.flatMap((each) => refuseStatement(file, each)),
      ...tracked.map((each) => leftOut(file, each.span)),
    ],
  }
}

/** Nothing but the words its statements begin with is known of such a file; that is enough to keep it one transaction. */
function prepareUnread(unread: RunnableMigration, reason: string): Prepared {
  const { file, text } = unread
  const shape = scanTransaction(text)
  const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : []
  const runnable = { ...unread, text: blank(text, pair), unreadable: reason }
  return { runnable, findings: [unreadable(file, reason), ...refuseShape(file, shape, undefined)] }
}

function refuseShape(
  file: MigrationFile,
  shape: TransactionShape,
  outside: RunnableStatement | undefined,
): Finding[] {
  if (shape.kind === 'own-control') return [ownControl(file, shape)]
  if (shape.kind === 'none') return []
  if (outside) return [outsideInBlock(file, outside)]
  return file.directives.noTransaction ? [declaredWithBlock(file, shape.begin)] : []
}

function toRunnable(statement: Statement): RunnableStatement {
  const outside = needsNoTransaction(statement)
  const builds = builtIndex(statement)
  const addsEnumValue = addedEnumValue(statement)
  return {
    span: statement.span,
    ...(outside ? { outside } : {}),
    ...(builds ? { builds } : {}),
    ...(addsEnumValue !== undefined ? { addsEnumValue } : {}),
  }
}

function at(file: MigrationFile, span: Span): Pick<Finding, 'file' | 'position' | 'excerpt'> {
  const position = positionOf(file.text, span)
  return { file: file.path, position, excerpt: excerpt(file.text, position) }
}

function syntaxError(file: MigrationFile, error: { message: string; offset: number }): Finding {
  return {
    rule: 'syntax-error',
    severity: 'error',
    ...at(file, { start: error.offset, end: error.offset + 1 }),
    message: `PostgreSQL can not read this: ${error.message}.`,
    help:
      explainSyntaxError(file.text, error.offset) ??
      'Correct the statement. The grammar is that of PostgreSQL 18.',
  }
}

function unreadable(file: MigrationFile, reason: string): Finding {
  return {
    rule: 'unreadable-sql',
    severity: 'warning',
    file: file.path,
    message: `The file could not be analysed: ${reason}.`,
    help: 'It is applied as it is, in one transaction with its record, and is not rehearsed. Smaller files can be analysed.',
  }
}

function leftOut(file: MigrationFile, span: Span): Finding {
  return {
    rule: 'tracking-statement',
    severity: 'notice',
    ...at(file, span),
    message: 'This is left out: the tracking tables are there already, and this tool keeps them.',
    help: 'Nothing is to be done.',
  }
}

function ownControl(file: MigrationFile, shape: { span: Span; statement: string }): Finding {
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...at(file, shape.span),
    message: `${shape.statement} would end or change the transaction that keeps this file and its record together.`,
    help: 'Remove it, or split the file: each file is one transaction. One BEGIN as the first statement with one COMMIT as the last is understood.',
  }
}

function outsideInBlock(file: MigrationFile, statement: RunnableStatement): Finding {
  return {
    rule: 'statement-in-transaction',
    severity: 'error',
    ...at(file, statement.span),
    message: `${statement.outside} can not run in a transaction, and this file has a BEGIN and COMMIT around it.`,
    help: 'Put the statement into a file of its own, without BEGIN and COMMIT.',
  }
}

function declaredWithBlock(file: MigrationFile, begin: Span): Finding {
  return {
    rule: 'transaction-control',
    severity: 'error',
    ...at(file, begin),
    message: 'The file is declared no-transaction and has a BEGIN and COMMIT of its own.',
    help: 'Remove one of the two.',
  }
}
