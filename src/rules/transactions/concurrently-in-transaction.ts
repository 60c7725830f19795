import type { Fix } from '../../model/finding.js'
import { needsNoTransaction } from '../../sql/classify.js'
import { removeStatement } from '../../sql/remove-statement.js'
import { everywhere } from '../everywhere.js'
import type { Context, Rule, Seen } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'

export const concurrentlyInTransaction: Rule = {
  id: 'concurrently-in-transaction',
  group: 'transactions',
  title: 'A statement in a transaction that can not run in one',
  why: 'The server refuses it (25001), and everything before it in the transaction is undone. devflow runs a file with such a statement outside of a transaction by itself, unless the file has a BEGIN of its own or all files are to run in one transaction.',
  instead: `A migration of its own, without BEGIN and COMMIT:

\`\`\`sql
create index concurrently orders_customer_idx on orders (customer_id);
\`\`\``,
  levels: everywhere('block'),
  examples: {
    bad: [
      'begin; create index concurrently i on orders (customer_id); commit;',
      'begin; vacuum orders; commit;',
    ],
    good: [
      'create index concurrently i on orders (customer_id);',
      'begin; refresh materialized view concurrently daily_sales; commit;',
    ],
  },
  inFunctions: true,
  *check(statement, context) {
    const what = outside(statement)
    if (what === undefined) return
    const transaction = transactionsOf(context.file)[context.index]
    if (statement.within === 'file' && transaction?.of === 'statement') return
    const fix = statement.within === 'file' ? fixOf(context) : undefined
    yield {
      message: `${what} can not run in ${PLACES[statement.within]}.`,
      help:
        statement.within === 'file'
          ? 'Put it into a migration of its own, without BEGIN and COMMIT around it.'
          : 'Write it as a statement of a migration, which then runs outside of a transaction.',
      ...(fix ? { fix } : {}),
    }
  },
}

const PLACES: Readonly<Record<Seen['within'], string>> = {
  file: 'a transaction',
  do: 'a DO block, which is always in a transaction',
  function: 'a function or procedure, which is always in a transaction',
}

function outside({ node, tree, span }: Seen): string | undefined {
  return needsNoTransaction({ node, tree: tree as Readonly<Record<string, unknown>>, span })
}

/** Takes BEGIN and COMMIT off, where no other statement needs them. Given once, with the first of a block. */
function fixOf({ file, index }: Context): Fix | undefined {
  const { statements } = file
  const transactions = transactionsOf(file)
  const begin = statements[index - 1]
  let end = index
  while (outside(statements[end] as Seen) !== undefined && transactions[end + 1] === transactions[index])
    end++
  const commit = statements[end]
  if (begin?.node !== 'TransactionStmt' || commit?.node !== 'TransactionStmt' || end === index)
    return undefined
  if (transactions[index - 1] !== transactions[index]) return undefined
  const { text } = file.file
  return {
    title: 'Take BEGIN and COMMIT away',
    edits: [removeStatement(text, begin.span), removeStatement(text, commit.span)],
  }
}
