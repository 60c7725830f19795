import type { Piece } from '../model/plan.js'

/** Characters of a piece, unless it is a single statement: enough that turns on the wire do not count. */
const LONGEST = 512 * 1024

/** Adds a piece behind others, in one with the last of them where that stays short enough. */
export function joinPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  if (!last || last.unread || piece.unread || piece.end - last.start > LONGEST) {
    pieces.push(piece)
    return
  }
  pieces[pieces.length - 1] = {
    start: last.start,
    end: piece.end,
    statements: last.statements + piece.statements,
    script: last.script || piece.script,
    left: [...last.left, ...piece.left],
    unread: false,
  }
}
