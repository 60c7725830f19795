import type { Piece, RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import { blank } from './blank.js'
import { fillIn } from './fill-in.js'
import type { MessageLayout } from './locate-failure.js'
import { sqlOf } from './parse-script.js'
import { type ScannedStatement, scanScript } from './scan-script.js'

/** A piece of a large file as it is sent. */
export interface PieceLayout extends MessageLayout {
  /** What its `COPY … FROM STDIN` read, in order. */
  readonly copies: readonly string[]
  /** The parser could not read it: the server may see more in it than one statement. */
  readonly unread: boolean
}

/** The pieces of a file in the order they are sent, made one at a time: no more than is asked for is in memory beside the file. */
export function* layOutPieces(migration: RunnableMigration): Generator<PieceLayout> {
  let firstStatement = 0
  for (const piece of migration.pieces ?? []) {
    yield layOut(migration, piece, firstStatement)
    firstStatement += piece.statements
  }
}

function layOut(migration: RunnableMigration, piece: Piece, firstStatement: number): PieceLayout {
  const part = migration.text.slice(piece.start, piece.end)
  const { sql, copies } = piece.script ? withoutScript(part) : { sql: part, copies: [] }
  const left = blank(
    sql,
    piece.left.map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start })),
  )
  const { sql: sent, shifts } = fillIn(left, piece.start, migration)
  return {
    sent,
    shifts,
    copies,
    bodyStart: 0,
    fileStart: piece.start,
    length: sent.length,
    statementsBefore: 0,
    firstStatement,
    unread: piece.unread,
    ...(piece.unread ? {} : { statementCount: piece.statements }),
    statementAt: (index) => statementAt(part, piece, index - firstStatement),
  }
}

/** Behind the last statement there is nothing to send: the lines of a COPY can be most of the file. */
function withoutScript(part: string): { sql: string; copies: string[] } {
  const items = [...scanScript(part)]
  const last = items.findLast((item) => item.kind === 'statement')
  const copies = items.flatMap((item) =>
    item.kind === 'statement' && item.copy ? [part.slice(item.copy.rows.start, item.copy.rows.end)] : [],
  )
  return { sql: sqlOf(part.slice(0, last?.span.end ?? 0), items, 0), copies }
}

/** Scanned again, because it is asked for only where one fails. */
function statementAt(part: string, { start, left }: Piece, index: number): RunnableStatement | undefined {
  let at = 0
  for (const item of scanScript(part)) {
    if (item.kind !== 'statement' || isLeft(item, start, left)) continue
    if (at++ < index) continue
    const span = { start: item.span.start + start, end: withoutSemicolon(part, item.span) + start }
    const rows = item.copy?.rows
    return { span, ...(rows ? { copyData: { start: rows.start + start, end: rows.end + start } } : {}) }
  }
  return undefined
}

function isLeft({ span }: ScannedStatement, start: number, left: readonly Span[]): boolean {
  return left.some((each) => each.start === span.start + start)
}

function withoutSemicolon(part: string, { start, end }: Span): number {
  return part[end - 1] === ';' ? Math.max(start, end - 1) : end
}
