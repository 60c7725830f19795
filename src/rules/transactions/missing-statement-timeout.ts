import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { missingLimit } from './missing-limit.js'

export const missingStatementTimeout: Rule = {
  id: 'missing-statement-timeout',
  group: 'transactions',
  title: 'A lock that is held without statement_timeout',
  why: 'A statement that takes longer on the rows of production than anybody thought keeps its lock for all that time. devflow can set the limit for every migration (`statement-timeout`), so this rule is off; it is for files that other tools run too.',
  instead: "```sql\nset local statement_timeout = '60s';\nalter table orders add column total numeric;\n```",
  levels: everywhere('off'),
  examples: {
    bad: ['alter table orders add column total numeric;'],
    good: ["set local statement_timeout = '60s'; alter table orders add column total numeric;"],
  },
  check: (statement, context) =>
    missingLimit(statement, context, {
      name: 'statement_timeout',
      value: '60s',
      consequence: (relation) => `however long this takes, ${relation} stays locked`,
    }),
}
