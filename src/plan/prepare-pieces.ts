import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Piece, RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import { scanTransaction } from '../sql/scan-transaction.js'
import { transactionShape } from '../sql/transaction-shape.js'
import { MOST_IN_LARGE, type ReadScript } from './read-script.js'
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
        ? [tooLarge(file, 'The file is declared no-transaction')]
        : refuseShape(file, shape, outside)),
      ...(outside && shape.kind === 'none' && !declared
        ? [tooLarge(file, `${outside.outside} can not run in a transaction`, outside.span)]
        : []),
      ...script.unread.flatMap(({ span }) => refuseUnread(file, span)),
    ],
  }
}

function without(piece: Piece, pair: readonly Span[]): Piece {
  const left = pair.filter(({ start }) => piece.start <= start && start < piece.end)
  return left.length === 0
    ? piece
    : { ...piece, statements: piece.statements - left.length, left: [...piece.left, ...left] }
}

function tooLarge(file: MigrationFile, why: string, span: Span = { start: 0, end: 1 }): Finding {
  return {
    rule: 'too-many-statements',
    severity: 'error',
    ...place(file, span),
    message: `${why}, and the file is too large to be run statement by statement.`,
    help: `Split the file. Above 8 MiB a file outside of a transaction has at most ${MOST_IN_LARGE.toLocaleString('en')} statements, and at most 1 MiB of others than INSERT, UPDATE, DELETE and MERGE.`,
  }
}

/** Nothing but the words that a statement begins with is known of it: enough to see whether it ends the transaction. */
function refuseUnread(file: MigrationFile, { start, end }: Span): Finding[] {
  const shape = scanTransaction(file.text.slice(start, Math.min(end, start + MOST_LOOKED_AT)))
  if (shape.kind !== 'own-control') return []
  return refuseShape(
    file,
    { ...shape, span: { start, end: start + (shape.span.end - shape.span.start) } },
    undefined,
  )
}

const MOST_LOOKED_AT = 64 * 1024
