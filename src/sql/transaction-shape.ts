import type { Span } from '../model/position.js'
import { lex } from './lex.js'
import type { Statement } from './open-parser.js'

/** What a file does to the transaction it runs in. */
export type TransactionShape =
  | { readonly kind: 'none' }
  /** BEGIN is the first statement, COMMIT the last, nothing between ends the transaction. Spans include the semicolon. */
  | { readonly kind: 'outer-pair'; readonly begin: Span; readonly commit: Span }
  /** The statement, in words, that would end or change a transaction around the file. */
  | { readonly kind: 'own-control'; readonly span: Span; readonly statement: string }

/**
 * Tells files without transaction control, files in one BEGIN … COMMIT that may be taken off, and all others.
 *
 * Savepoints stay inside a transaction, so they are none. BEGIN with options is no pair, because taking it off would
 * lose them, except for options that say what is so anyway (READ COMMITTED, READ WRITE, NOT DEFERRABLE). COMMIT AND
 * CHAIN is no pair: it opens another transaction.
 *
 * @param text what the statements were parsed from
 */
export function transactionShape(statements: readonly Statement[], text: string): TransactionShape {
  const controls = statements.filter(endsOrBegins)
  const [first] = controls
  if (first === undefined) return { kind: 'none' }
  const opens = first === statements[0] && isPlainBegin(first)
  const second = opens ? controls[1] : undefined
  if (second !== undefined && second === statements.at(-1) && isPlainCommit(second)) {
    return { kind: 'outer-pair', begin: withSemicolon(first, text), commit: withSemicolon(second, text) }
  }
  const culprit = second ?? first
  return { kind: 'own-control', span: culprit.span, statement: controlInWords(culprit) }
}

/** Whether it begins, ends or changes a transaction. Savepoints stay inside it. */
export function endsOrBegins({ node, tree }: Statement): boolean {
  return node === 'TransactionStmt' && !SAVEPOINTS.has(String(tree.kind))
}

const SAVEPOINTS = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO'])

/** What a statement does to the transaction it stands in; undefined where it does nothing. Those of PREPARE are none of these. */
export function controlOf({
  node,
  tree,
}: Statement): 'begin' | 'commit' | 'rollback' | 'savepoint' | undefined {
  return node === 'TransactionStmt' ? CONTROLS[String(tree.kind)] : undefined
}

const CONTROLS: Readonly<Record<string, 'begin' | 'commit' | 'rollback' | 'savepoint'>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'savepoint',
  TRANS_STMT_ROLLBACK_TO: 'savepoint',
}

/**
 * What a statement makes of the transaction it begins or stands in: `read-only`, `read-write`, or `either` where its text
 * does not say; undefined where it leaves that as it is.
 */
export function accessOf({ node, tree }: Statement): 'read-only' | 'read-write' | 'either' | undefined {
  if (node === 'VariableSetStmt' && String(tree.name).toLowerCase() === 'transaction_read_only')
    return accessIn((tree.args as readonly Value[] | undefined)?.[0]?.A_Const)
  const options = node === 'VariableSetStmt' ? tree.args : tree.options
  const sets = node === 'TransactionStmt' || (tree.kind === 'VAR_SET_MULTI' && tree.name === 'TRANSACTION')
  const said = sets ? optionsOf({ options }).findLast((option) => option.startsWith('READ ')) : undefined
  if (said === undefined) return undefined
  return said === 'READ ONLY' ? 'read-only' : 'read-write'
}

interface Value {
  readonly A_Const?: {
    readonly sval?: { readonly sval?: string }
    readonly ival?: { readonly ival?: number }
  }
}

/** As the server reads a boolean: words may be cut short. */
function accessIn(value: Value['A_Const']): 'read-only' | 'read-write' | 'either' {
  const word = (value?.sval?.sval ?? (value?.ival ? String(value.ival.ival ?? 0) : '')).toLowerCase()
  if (/^(on|t|tr|tru|true|y|ye|yes|1)$/.test(word)) return 'read-only'
  return /^(of|off|f|fa|fal|fals|false|n|no|0)$/.test(word) ? 'read-write' : 'either'
}

function isPlainBegin({ tree }: Statement): boolean {
  const begins = tree.kind === 'TRANS_STMT_BEGIN' || tree.kind === 'TRANS_STMT_START'
  return begins && optionsOf(tree).every((option) => HARMLESS.has(option))
}

function isPlainCommit({ tree }: Statement): boolean {
  return tree.kind === 'TRANS_STMT_COMMIT' && tree.chain !== true
}

const HARMLESS = new Set(['ISOLATION LEVEL READ COMMITTED', 'READ WRITE', 'NOT DEFERRABLE'])

interface Option {
  readonly DefElem?: {
    readonly defname?: string
    readonly arg?: {
      readonly A_Const?: {
        readonly sval?: { readonly sval?: string }
        readonly ival?: { readonly ival?: number }
      }
    }
  }
}

function optionsOf(tree: Statement['tree']): string[] {
  const options = (tree.options ?? []) as readonly Option[]
  return options.map(({ DefElem: option }) => {
    const value = option?.arg?.A_Const
    const on = value?.ival?.ival === 1
    switch (option?.defname) {
      case 'transaction_isolation':
        return `ISOLATION LEVEL ${value?.sval?.sval?.toUpperCase()}`
      case 'transaction_read_only':
        return on ? 'READ ONLY' : 'READ WRITE'
      default:
        return on ? 'DEFERRABLE' : 'NOT DEFERRABLE'
    }
  })
}

const WORDS: Readonly<Record<string, string>> = {
  TRANS_STMT_BEGIN: 'BEGIN',
  TRANS_STMT_START: 'START TRANSACTION',
  TRANS_STMT_COMMIT: 'COMMIT',
  TRANS_STMT_ROLLBACK: 'ROLLBACK',
  TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
  TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT',
  TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT',
  TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
}

/** A statement of transaction control as people call it, with its options. */
export function controlInWords({ tree }: Statement): string {
  const chain = tree.chain === true ? ['AND CHAIN'] : []
  return [WORDS[String(tree.kind)] ?? 'Transaction control', ...optionsOf(tree), ...chain].join(' ')
}

function withSemicolon({ span }: Statement, text: string): Span {
  for (const piece of lex(text, span.end)) {
    if (piece.kind === 'semicolon') return { start: span.start, end: piece.end }
    if (piece.kind !== 'space' && !piece.kind.endsWith('comment')) break
  }
  return span
}
