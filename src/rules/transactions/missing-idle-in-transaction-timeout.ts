import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { missingLimit } from './missing-limit.js'

export const missingIdleInTransactionTimeout: Rule = {
  id: 'missing-idle-in-transaction-timeout',
  group: 'transactions',
  title: 'A lock that is held without idle_in_transaction_session_timeout',
  why: 'When the client hangs in the middle of a transaction, its locks stay until somebody ends the session. devflow can set the limit for every migration (`idle-in-transaction-session-timeout`), so this rule is off; it is for files that other tools run too.',
  instead:
    "```sql\nset local idle_in_transaction_session_timeout = '60s';\nalter table orders add column total numeric;\n```",
  levels: everywhere('off'),
  examples: {
    bad: ['alter table orders add column total numeric;'],
    good: ["set idle_in_transaction_session_timeout = '60s'; alter table orders add column total numeric;"],
  },
  check: (statement, context) =>
    missingLimit(statement, context, {
      name: 'idle_in_transaction_session_timeout',
      value: '60s',
      consequence: (relation) => `${relation} stays locked when the client hangs after this`,
    }),
}
