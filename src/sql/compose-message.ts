import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import { copiesOf } from './copies-of.js'
import { countStatements } from './count-statements.js'
import { fillIn } from './fill-in.js'
import type { PieceLayout } from './lay-out-pieces.js'
import type { MessageLayout } from './locate-failure.js'

/** How a part of a file stands in a message that is not sealed yet. */
export type Placed = Omit<MessageLayout, 'sent'>

/** A stretch of a file's text with some of its statements, in order. */
export interface Stretch extends Span {
  /** Index of its first statement in the migration's. */
  readonly first: number
  readonly statements: readonly RunnableStatement[]
}

/** A simple-query message while it is put together, with count kept of its characters and statements. */
export interface Message {
  /** Statements so far. */
  readonly statements: number
  /** Adds SQL of ours: each statement ends in a semicolon, none is empty. */
  own(sql: string): void
  /** Adds a file's text, and tells how it stands in the message, which `sent` is set to when it is sealed. */
  file(migration: RunnableMigration): Placed
  /** Adds a piece of a large file that the parser could read. */
  piece(layout: PieceLayout): Placed
  /** Adds a stretch of a file, cut behind each of its statements, and SQL of ours after each. One place for each. */
  apart(migration: RunnableMigration, stretch: Stretch, after: (index: number) => string): readonly Placed[]
  seal(): { readonly sent: string; readonly copies: readonly string[] }
}

/** Files that come to so many bytes go into one message; a larger file goes in several. */
export const MESSAGE_BYTES = 8 * 1024 * 1024

/** An empty message. */
export function composeMessage(): Message {
  const parts: string[] = []
  const copies: string[] = []
  let length = 0
  let statements = 0
  const put = (text: string) => {
    parts.push(text)
    length += text.length
  }
  const own = (sql: string) => {
    if (sql === '') return
    put(`${sql}\n`)
    statements += countStatements(sql)
  }
  const place = (migration: RunnableMigration, { start, end, first, statements: held }: Stretch): Placed => {
    const { sql, shifts } = fillIn(migration.text.slice(start, end), start, migration)
    const layout = {
      bodyStart: length,
      fileStart: start,
      length: sql.length,
      shifts,
      statementsBefore: statements,
      firstStatement: first,
      statementCount: held.length,
    }
    // The line end closes a comment, the semicolon the last statement.
    put(`${sql}\n;\n`)
    copies.push(...copiesOf(migration, held))
    statements += held.length
    return layout
  }
  return {
    get statements() {
      return statements
    },
    own,
    file: (migration) => place(migration, wholeFile(migration)),
    apart: (migration, stretch, after) =>
      behindEach(stretch).map((piece) => {
        const placed = place(migration, piece)
        if (piece.statements.length > 0) own(after(piece.first))
        return placed
      }),
    piece: ({ sent, copies: own, ...layout }) => {
      const placed = { ...layout, bodyStart: length, statementsBefore: statements }
      put(sent)
      put('\n;\n')
      copies.push(...own)
      statements += layout.statementCount ?? 0
      return placed
    },
    seal: () => ({ sent: parts.join(''), copies }),
  }
}

/** All of a file's text. */
export function wholeFile({ text, statements = [] }: RunnableMigration): Stretch {
  return { start: 0, end: text.length, first: 0, statements }
}

/** Comments between two statements stay with the second: they may lie on the line where the first ends. */
function behindEach({ start, end, first, statements }: Stretch): Stretch[] {
  if (statements.length === 0) return [{ start, end, first, statements }]
  return statements.map((statement, index) => ({
    start: index === 0 ? start : (statements[index - 1]?.span.end ?? start),
    end: index === statements.length - 1 ? end : statement.span.end,
    first: first + index,
    statements: [statement],
  }))
}
