import type { Span } from '../model/position.js'
import { isGap, lexScript, parenthesis, type ScriptPiece, wordAt } from './lex-script.js'

/** What a `COPY … FROM STDIN` reads. */
export interface ScannedCopy {
  /** What stands behind the semicolon, on its line. */
  readonly tail: Span
  /** Its lines, without the closing `\.`. */
  readonly rows: Span
  /** False where no line `\.` ends them. */
  readonly closed: boolean
}

/** One statement as the signs in it tell. */
export interface ScannedStatement {
  readonly kind: 'statement'
  /** From the first token to the semicolon, or to the last token of the text. */
  readonly span: Span
  readonly copy?: ScannedCopy
  /** Where a quote or comment begins that nothing closes: it swallows the rest of the text. */
  readonly unclosed?: number
  /** Where what follows may begin: behind the lines of a COPY. */
  readonly next: number
}

/** A meta-command of psql, up to the end of its line. */
export interface ScannedCommand {
  readonly kind: 'psql-command'
  readonly span: Span
  /** It stands in the middle of a statement, which is cut off by it. */
  readonly inside: boolean
  readonly next: number
}

/**
 * Cuts a script at the semicolons that end statements, as the server's parser would where it accepts the text: those in
 * the body of a `BEGIN ATOMIC` function or procedure and in the parentheses of a rule end none. Empty statements are
 * left out. Memory does not depend on the text's length, nor on how many statements there are.
 *
 * @param pieces of the text: those of `lex` where all of it is SQL
 */
export function* scanScript(
  text: string,
  pieces: Iterable<ScriptPiece> = lexScript(text),
): Generator<ScannedStatement | ScannedCommand> {
  let open: Open | undefined
  let last: ScannedStatement | undefined
  for (const piece of pieces) {
    if (last) {
      if (piece.kind.startsWith('copy-')) {
        last = withCopy(last, piece)
        continue
      }
      yield last
      last = undefined
    }
    if (isGap(piece) && piece.closed) continue
    if (piece.kind === 'psql-command') {
      yield { kind: 'psql-command', span: piece, inside: open !== undefined, next: piece.end }
      open = undefined
    } else if (open || piece.kind !== 'semicolon') {
      open ??= { start: piece.start, end: piece.end, levels: [head()] }
      open.end = piece.end
      if (!piece.closed) open.unclosed = piece.start
      if (endsStatement(open.levels, text, piece)) {
        last = statementOf(open)
        open = undefined
      }
    }
  }
  if (last) yield last
  if (open) yield statementOf(open)
}

interface Open {
  readonly start: number
  end: number
  unclosed?: number
  /** The statement, and above it those whose bodies are being read. */
  readonly levels: Head[]
}

function statementOf({ start, end, unclosed }: Open): ScannedStatement {
  return {
    kind: 'statement',
    span: { start, end },
    next: end,
    ...(unclosed === undefined ? {} : { unclosed }),
  }
}

function withCopy(statement: ScannedStatement, { kind, start, end, closed }: ScriptPiece): ScannedStatement {
  const { copy = { tail: { start, end }, rows: { start: end, end }, closed: false } } = statement
  if (kind === 'copy-rows')
    return { ...statement, copy: { ...copy, rows: { start, end }, closed }, next: end }
  return { ...statement, copy, next: end }
}

/** What is known of a statement from its first words. Only some can hold semicolons of their own. */
interface Head {
  kind: 'undecided' | 'plain' | 'routine' | 'rule'
  readonly words: string[]
  parentheses: number
  /** The last token was BEGIN, outside parentheses. */
  begins: boolean
}

function head(): Head {
  return { kind: 'undecided', words: [], parentheses: 0, begins: false }
}

function endsStatement(levels: Head[], text: string, piece: ScriptPiece): boolean {
  const level = levels.at(-1) ?? head()
  if (piece.kind === 'semicolon') return endsAtSemicolon(levels, level)
  if (level.kind === 'plain') return false
  const word = wordAt(text, piece)
  // In a body a statement that begins with END is none: it ends the body.
  if (levels.length > 1 && level.words.length === 0 && word === 'END') levels.pop()
  else if (level.kind === 'undecided') decide(level, word)
  else readOn(levels, level, word, parenthesis(text, piece))
  return false
}

function endsAtSemicolon(levels: Head[], level: Head): boolean {
  if (level.kind === 'rule' && level.parentheses > 0) return false
  if (levels.length === 1) return true
  levels[levels.length - 1] = head()
  return false
}

function decide(level: Head, word: string): void {
  level.words.push(word)
  const [first, second] = level.words
  const made = second === 'OR' ? level.words[3] : second
  if (first !== 'CREATE') level.kind = 'plain'
  else if (made === 'FUNCTION' || made === 'PROCEDURE') level.kind = 'routine'
  else if (made === 'RULE') level.kind = 'rule'
  else if (made !== undefined) level.kind = 'plain'
}

function readOn(levels: Head[], level: Head, word: string, parenthesis: number): void {
  level.parentheses += parenthesis
  if (level.kind !== 'routine') return
  if (level.begins && word === 'ATOMIC') levels.push(head())
  level.begins = word === 'BEGIN' && level.parentheses === 0
}
