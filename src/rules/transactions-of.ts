import { treeAs } from '../sql/tree.js'
import type { JudgedFile, Seen } from './rule.js'

/** The transaction that a statement runs in. */
export interface Transaction {
  /** Statements of a file with the same object share a transaction. */
  readonly of: 'file' | 'own-block' | 'statement'
}

/**
 * For each statement of a file, in order, the transaction it runs in: the file's, one between the file's own BEGIN and
 * COMMIT, or one of its own. BEGIN and COMMIT belong to what they open and close; what is in a DO block, to the block's.
 */
export function transactionsOf(file: JudgedFile): readonly Transaction[] {
  const known = TRANSACTIONS.get(file)
  if (known) return known
  const transactions = [...follow(file)]
  TRANSACTIONS.set(file, transactions)
  return transactions
}

// Each rule asks about each statement.
const TRANSACTIONS = new WeakMap<JudgedFile, readonly Transaction[]>()

function* follow({ statements, transactional }: JudgedFile): Generator<Transaction> {
  let open: Transaction | undefined = transactional ? { of: 'file' } : undefined
  let last: Transaction = open ?? { of: 'statement' }
  for (const statement of statements) {
    const control = statement.within === 'file' ? controlOf(statement) : undefined
    if (control === 'begin') open ??= { of: 'own-block' }
    if (statement.within === 'file') last = open ?? { of: 'statement' }
    yield last
    if (control === 'end') open = undefined
    if (control === 'chain') open = { of: 'own-block' }
  }
}

function controlOf(statement: Seen): 'begin' | 'end' | 'chain' | undefined {
  const { kind, chain } = treeAs(statement, 'TransactionStmt') ?? {}
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return 'begin'
  if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK') return chain ? 'chain' : 'end'
  return undefined
}
