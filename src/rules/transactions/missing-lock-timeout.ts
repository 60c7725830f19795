import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { missingLimit } from './missing-limit.js'

export const missingLockTimeout: Rule = {
  id: 'missing-lock-timeout',
  group: 'transactions',
  title: 'A lock that is waited for without lock_timeout',
  why: 'A statement that waits for a lock on a table makes all others wait behind it: without `lock_timeout`, for as long as the slowest query takes. devflow sets it for every migration, so this rule is off; it is for files that other tools run too.',
  instead: "```sql\nset local lock_timeout = '3s';\nalter table orders add column total numeric;\n```",
  levels: everywhere('off'),
  examples: {
    bad: ['alter table orders add column total numeric;'],
    good: [
      "set local lock_timeout = '3s'; alter table orders add column total numeric;",
      'create table orders (id int); alter table orders add column total numeric;',
    ],
  },
  check: (statement, context) =>
    missingLimit(statement, context, {
      name: 'lock_timeout',
      value: '3s',
      consequence: (relation) => `all who use ${relation} wait behind this for as long as it waits itself`,
    }),
}
