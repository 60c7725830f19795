import { lex, type Piece, type PieceKind } from './lex.js'

/** A stretch of a script for psql, UTF-16 offsets: SQL, or what psql keeps for itself. */
export interface ScriptPiece extends Omit<Piece, 'kind'> {
  readonly kind:
    | PieceKind
    /** From a backslash outside quotes to the end of its line. */
    | 'psql-command'
    /** What stands on the line of a COPY … FROM STDIN behind its semicolon. */
    | 'copy-tail'
    /** The lines a COPY … FROM STDIN reads; `closed` is false where no line `\.` ends them. May be empty. */
    | 'copy-rows'
    /** The line `\.`, with its line end. */
    | 'copy-end'
}

/**
 * {@link lex} for a file as psql reads it: the lines of `COPY … FROM STDIN` are no SQL, and neither is a meta-command.
 * They begin, as with psql, on the line after the semicolon, and end before a line that is `\.` and nothing else.
 */
export function* lexScript(text: string): Generator<ScriptPiece> {
  for (let from = 0; from < text.length; ) {
    let head = NOTHING
    let stopped: Piece | undefined
    for (const piece of lex(text, from)) {
      if (piece.kind === 'other' && text[piece.start] === '\\') {
        stopped = piece
        break
      }
      yield piece
      if (piece.kind !== 'semicolon') head = afterPiece(head, text, piece)
      else if (head.reached === 'stdin') {
        stopped = piece
        break
      } else head = NOTHING
    }
    if (!stopped) return
    const ahead = stopped.kind === 'semicolon' ? copyPieces(text, stopped.end) : [psqlCommand(text, stopped)]
    yield* ahead
    from = ahead.at(-1)?.end ?? text.length
  }
}

/** Whether a text can hold anything of psql's: without a backslash, `STDIN` and `STDOUT` it is SQL alone. */
export function mayBeScript(text: string): boolean {
  return text.includes('\\') || /std(?:in|out)/i.test(text)
}

/** How far a statement is on the way to `COPY … FROM STDIN`. */
interface CopyHead {
  /** `other`: another statement, or a COPY of something else. */
  readonly reached: 'nothing' | 'copy' | 'from' | 'stdin' | 'other'
  /** In COPY (SELECT … FROM stdin) TO … it is a table. */
  readonly parentheses: number
}

const NOTHING: CopyHead = { reached: 'nothing', parentheses: 0 }
const OTHER: CopyHead = { reached: 'other', parentheses: 0 }

function afterPiece(head: CopyHead, text: string, piece: Piece): CopyHead {
  const { reached, parentheses } = head
  if (reached === 'other' || reached === 'stdin' || isGap(piece)) return head
  const word = wordAt(text, piece)
  if (reached === 'nothing') return word === 'COPY' ? { reached: 'copy', parentheses } : OTHER
  // Behind FROM, the server and psql take either for the client.
  if (reached === 'from')
    return word === 'STDIN' || word === 'STDOUT' ? { reached: 'stdin', parentheses } : OTHER
  if (word !== '') return word === 'FROM' && parentheses === 0 ? { reached: 'from', parentheses } : head
  const depth = parentheses + parenthesis(text, piece)
  return depth === parentheses ? head : { reached, parentheses: depth }
}

/** 1 where a piece opens parentheses, -1 where it closes them. */
export function parenthesis(text: string, { kind, start }: Pick<ScriptPiece, 'kind' | 'start'>): 1 | 0 | -1 {
  if (kind !== 'other') return 0
  if (text[start] === '(') return 1
  return text[start] === ')' ? -1 : 0
}

/** White space and comments. */
export function isGap({ kind }: Pick<ScriptPiece, 'kind'>): boolean {
  return kind === 'space' || kind === 'line-comment' || kind === 'block-comment'
}

/** A word in capitals, if it can be a key word: those are ASCII, and the server folds nothing else. */
export function wordAt(
  text: string,
  { kind, start, end }: Pick<ScriptPiece, 'kind' | 'start' | 'end'>,
): string {
  if (kind !== 'word' || end - start > LONGEST_KEYWORD) return ''
  const word = text.slice(start, end)
  return /^[a-z_]+$/i.test(word) ? word.toUpperCase() : ''
}

const LONGEST_KEYWORD = 20

function psqlCommand(text: string, { start }: Piece): ScriptPiece {
  return { kind: 'psql-command', start, end: lineEnd(text, start), closed: true }
}

function copyPieces(text: string, from: number): ScriptPiece[] {
  const tailEnd = lineEnd(text, from)
  const tail: ScriptPiece = { kind: 'copy-tail', start: from, end: tailEnd, closed: true }
  const start = Math.min(tailEnd + 1, text.length)
  const mark = endMark(text, start)
  const rows: ScriptPiece = { kind: 'copy-rows', start, end: mark ?? text.length, closed: mark !== undefined }
  if (mark === undefined) return [tail, rows]
  const end = Math.min(lineEnd(text, mark) + 1, text.length)
  return [tail, rows, { kind: 'copy-end', start: mark, end, closed: true }]
}

// psql reads lines that end with LF, with or without a CR before it.
function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function endMark(text: string, from: number): number | undefined {
  for (let at = text.indexOf('\\.', from); at !== -1; at = text.indexOf('\\.', at + 2)) {
    if (at > from && text[at - 1] !== '\n') continue
    if (/^\r?(?:\n|$)/.test(text.slice(at + 2, at + 4))) return at
  }
  return undefined
}
