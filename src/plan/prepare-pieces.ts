import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Piece, RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import { transactionShape } from '../sql/transaction-shape.js'
import { MOST_IN_LARGE, MOST_OF_LARGE, MOST_STATEMENTS, type ReadScript } from './read-script.js'
import { refuseShape } from './refuse-shape.js'

/**
 * A file that runs in one transaction, in pieces, because it is large or holds what the parser could not read.
 *
 * @param up the part of the file that is applied
 * @param outside a statement of it that can not run in a transaction
 */
export function preparePieces(
  file: MigrationFile,
  up: string,
  script: ReadScript,
  outside: RunnableStatement | undefined,
): { readonly runnable: RunnableMigration; readonly findings: readonly Finding[] } {
  const shape = transactionShape(script.ends, up)
  const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : []
  const [unread] = script.unread
  const declared = file.directives.noTransaction
  return {
    runnable: {
      file,
      text: up,
      pieces: script.pieces.map((piece) => without(piece, pair)).filter(({ statements }) => statements > 0),
      mode: 'transaction',
      ...(unread ? { unreadable: unread.reason } : {}),
    },
    findings: [
      ...(declared
        ? [tooLarge(file, script, DECLARED[file.directives.noTransactionBy ?? 'file'])]
        : refuseShape(file, shape, outside)),
      ...(outside && shape.kind === 'none' && !declared
        ? [tooLarge(file, script, `${outside.outside} can not run in a transaction`, outside.span)]
        : []),
    ],
  }
}

function without(piece: Piece, pair: readonly Span[]): Piece {
  const left = pair.filter(({ start }) => piece.start <= start && start < piece.end)
  return left.length === 0
    ? piece
    : { ...piece, statements: piece.statements - left.length, left: [...piece.left, ...left] }
}

const DECLARED = {
  file: 'The file is declared no-transaction',
  transaction: 'The run asks for transaction: none',
  legacy: 'The file is listed as legacy (database.migrations.legacy)',
}

/** Which of the limits was met is told: each has another way out. */
function tooLarge(
  file: MigrationFile,
  { large, pieces, tracked, unread }: ReadScript,
  why: string,
  span: Span = { start: 0, end: 1 },
): Finding {
  const huge = unread.find((one) => one.span.end - one.span.start > MOST_OF_LARGE)
  if (huge) return oneTooLarge(file, huge, why)
  const count = pieces.reduce((sum, { statements }) => sum + statements, tracked.length)
  const most = large ? MOST_IN_LARGE : MOST_STATEMENTS
  const [met, limit] =
    count > most
      ? [`${inDigits(count)} statements: too many`, `${inDigits(most)} statements`]
      : [`more than ${OTHERS}: too much`, OTHERS]
  return {
    rule: 'too-many-statements',
    severity: 'error',
    ...place(file, span),
    message: `${why}, and the file has ${met} to be run statement by statement.`,
    help: `Split the file. Outside of a transaction a file ${large ? 'above 8 MiB ' : ''}has at most ${limit}.`,
  }
}

function oneTooLarge(
  file: MigrationFile,
  { span, reason }: ReadScript['unread'][number],
  why: string,
): Finding {
  const size = Math.round((span.end - span.start) / MOST_OF_LARGE)
  return {
    rule: 'too-many-statements',
    severity: 'error',
    ...place(file, { start: span.start, end: span.start + 1 }),
    message: `${why}, and this statement of ${size} MiB is too large to be run by itself: ${reason}.`,
    help: 'Split the statement, or let its file run in a transaction: there it is sent as it is.',
  }
}

const OTHERS = '1 MiB of statements other than INSERT, UPDATE, DELETE and MERGE'

function inDigits(count: number): string {
  return count.toLocaleString('en')
}
