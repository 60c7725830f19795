import type { Fix } from '../../model/finding.js'
import { needsNoTransaction } from '../../sql/classify.js'
import { removeStatement } from '../../sql/remove-statement.js'
import type { JudgedFile, Rule, Seen } from '../rule.js'

export const mixedTransactional: Rule = {
  id: 'mixed-transactional',
  group: 'transactions',
  title: 'A file that loses its transaction for one statement',
  why: 'A file with a statement that can not run in a transaction runs statement by statement, each for itself: when one fails, what came before it stays. devflow keeps a journal and goes on from there at the next try; other tools begin anew.',
  instead:
    'Two migrations: one with what can run in a transaction, which is then all or nothing, and one with the statement that can not.',
  levels: { development: 'off', staging: 'notice', production: 'notice' },
  examples: {
    bad: [
      'alter table orders add column customer_id bigint; create index concurrently orders_customer_idx on orders (customer_id);',
    ],
    good: [
      'create index concurrently orders_customer_idx on orders (customer_id);',
      'alter table orders add column customer_id bigint; create index on orders (customer_id);',
      {
        sql: [
          'alter table orders add column customer_id bigint;',
          "set statement_timeout = 0; create index concurrently i on orders (customer_id); comment on index i is 'x';",
        ],
      },
    ],
  },
  *check(statement, { file, index }) {
    if (file.transactional || file.file.directives.noTransaction || statement.within !== 'file') return
    const what = outside(statement)
    if (what === undefined || firstOutside(file) !== index) return
    const others = file.statements.filter(losesByIt)
    if (others.length === 0) return
    const fix = fixOf(file)
    yield {
      message: `Because of ${what} ${others.length === 1 ? 'the other statement is' : `the other ${others.length} statements are`} not in a transaction with the rest: what is done before a failure stays.`,
      help: `Put ${what} into a migration of its own; the others are all or nothing then.`,
      ...(fix ? { fix } : {}),
    }
  },
}

/** The first alone is told of. */
function firstOutside(file: JudgedFile): number {
  const known = FIRST.get(file)
  if (known !== undefined) return known
  const first = file.statements.findIndex((each) => each.within === 'file' && outside(each) !== undefined)
  FIRST.set(file, first)
  return first
}

const FIRST = new WeakMap<JudgedFile, number>()

function outside({ node, tree, span }: Seen): string | undefined {
  return needsNoTransaction({ node, tree: tree as Readonly<Record<string, unknown>>, span })
}

function losesByIt(statement: Seen): boolean {
  return statement.within === 'file' && !HARMLESS.has(statement.node) && outside(statement) === undefined
}

/** Nothing is half done when they alone are. */
const HARMLESS = new Set([
  'VariableSetStmt',
  'VariableShowStmt',
  'TransactionStmt',
  'CommentStmt',
  'SelectStmt',
  'ExplainStmt',
])

/** Statements at the end can be moved to the next migration, in their order and without anything that rests on them. */
function fixOf(file: JudgedFile): Fix | undefined {
  const own = file.statements.filter(({ within }) => within === 'file')
  const first = own.findIndex((each) => outside(each) !== undefined)
  const last = own.slice(first)
  const sets = own.some(({ node }) => node === 'VariableSetStmt' || node === 'SelectStmt')
  if (sets || last.length > MOST_MOVED || last.some((each) => outside(each) === undefined)) return undefined
  const { text } = file.file
  return {
    title: 'Move what can not run in a transaction to a migration of its own',
    edits: last.map(({ span }) => removeStatement(text, span)),
    next: last.map(({ span }) => `${text.slice(span.start, span.end)};`).join('\n'),
  }
}

const MOST_MOVED = 100
