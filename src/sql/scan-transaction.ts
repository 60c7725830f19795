import type { Span } from '../model/position.js'
import { lex } from './lex.js'
import type { TransactionShape } from './transaction-shape.js'

/**
 * {@link TransactionShape} of a text that the parser can not read, from the words its statements begin with. Knows
 * the bodies of `BEGIN ATOMIC`, in which `END` and semicolons are the function's.
 */
export function scanTransaction(text: string): TransactionShape {
  const controls: Scanned[] = []
  let last: Scanned | undefined
  let first: Scanned | undefined
  for (const statement of scanStatements(text)) {
    first ??= statement
    last = statement
    if (isControl(statement.words)) controls.push(statement)
  }
  const [begin, commit, ...more] = controls
  if (!begin) return { kind: 'none' }
  if (
    begin === first &&
    commit !== undefined &&
    commit === last &&
    more.length === 0 &&
    isPair(begin, commit)
  ) {
    return { kind: 'outer-pair', begin: begin.span, commit: commit.span }
  }
  const opens = begin === first && ['BEGIN', 'START'].includes(begin.words[0] ?? '')
  const culprit = opens && commit ? commit : begin
  return { kind: 'own-control', span: culprit.span, statement: culprit.words.join(' ') }
}

interface Scanned {
  /** The first words, in capitals; `…` where something else follows them. */
  readonly words: readonly string[]
  /** With the semicolon. */
  readonly span: Span
}

const KEPT_WORDS = 4

function* scanStatements(text: string): Generator<Scanned> {
  let words: string[] = []
  let start = -1
  let atomic = false
  for (const { kind, start: at, end } of lex(text)) {
    if (kind === 'space' || kind.endsWith('comment')) continue
    if (kind === 'semicolon') {
      const ends: boolean = !atomic || words[0] === 'END'
      if (start >= 0 && ends) yield { words: atomic ? ['…'] : words, span: { start, end } }
      atomic = atomic && !ends
      words = []
      start = -1
      continue
    }
    if (start < 0) start = at
    const word = kind === 'word' ? text.slice(at, end).toUpperCase() : '…'
    if (word === 'ATOMIC' && words.at(-1) === 'BEGIN') {
      atomic = true
      words = []
    } else {
      words = keep(words, word)
    }
  }
  if (start >= 0) yield { words: atomic ? ['…'] : words, span: { start, end: text.length } }
}

/** The first words, and the last one, which tells `BEGIN ATOMIC`. */
function keep(words: readonly string[], word: string): string[] {
  return words.length < KEPT_WORDS ? [...words, word] : [...words.slice(0, KEPT_WORDS - 1), word]
}

function isControl([first, second, third]: readonly string[]): boolean {
  switch (first) {
    case 'BEGIN':
    case 'COMMIT':
    case 'END':
    case 'ABORT':
      return true
    case 'ROLLBACK':
      return second !== 'TO' && third !== 'TO'
    case 'START':
    case 'PREPARE':
      return second === 'TRANSACTION'
    default:
      return false
  }
}

function isPair(begin: Scanned, commit: Scanned): boolean {
  const [opening, closing] = [begin, commit].map(({ words }) => words.join(' '))
  return (
    /^(BEGIN( (WORK|TRANSACTION))?|START TRANSACTION)$/.test(opening ?? '') &&
    /^(COMMIT|END)( (WORK|TRANSACTION))?$/.test(closing ?? '')
  )
}
