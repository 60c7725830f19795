import { showName, showRelation } from '../../sql/relation-name.js'
import { typedColumns } from '../../sql/typed-columns.js'
import type { Rule } from '../rule.js'

export const moneyColumn: Rule = {
  id: 'money-column',
  group: 'design',
  title: 'A column of type `money`',
  why: 'How many decimals it has and what it is shown and read as depends on the `lc_monetary` of the server. A dump read into a database with another one holds other amounts, and no currency is stored.',
  instead: 'Use `numeric(19, 4)` with the currency in a column beside it, or whole cents in `bigint`.',
  levels: { development: 'off', staging: 'notice', production: 'notice' },
  examples: {
    bad: ['create table orders (total money);'],
    good: ['create table orders (total numeric(19, 4), currency text not null);'],
  },
  *check(statement, context) {
    for (const { type, name, relation, span } of typedColumns(statement, context.file.file.text)) {
      if (type !== 'money') continue
      yield {
        message: `Column ${showName([name])} of ${showRelation(relation)} is money, whose meaning depends on a setting of the server.`,
        help: 'Write numeric with the decimals it needs, and keep the currency in a column of its own.',
        span,
      }
    }
  },
}
