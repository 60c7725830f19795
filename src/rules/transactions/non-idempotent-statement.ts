import type { Rule } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'
import { unrepeatable } from './unrepeatable.js'

export const nonIdempotentStatement: Rule = {
  id: 'non-idempotent-statement',
  group: 'transactions',
  title: 'A statement outside of a transaction that fails when it is run again',
  why: 'Outside of a transaction, what is done before a failure stays. devflow keeps a journal and goes on after the last statement that was done; a tool that begins anew, or a person who does, fails at the first statement that finds its work done.',
  instead: `Say what is to hold rather than what to do:

\`\`\`sql
create table if not exists orders (id bigint);
alter table orders drop column if exists total;
\`\`\`

Not for CREATE INDEX CONCURRENTLY: IF NOT EXISTS takes an invalid index, left by a build that failed, for a good one. Write \`DROP INDEX CONCURRENTLY IF EXISTS\` before it.`,
  levels: { development: 'off', staging: 'notice', production: 'notice' },
  examples: {
    bad: [
      'create index concurrently i on orders (customer_id); alter table orders add column total numeric;',
      'drop index concurrently i; drop index concurrently j;',
    ],
    good: [
      'drop index concurrently if exists i; create index concurrently i on orders (customer_id);',
      'create table orders (id int); alter table orders add column total numeric;',
      'create index concurrently i on orders (customer_id);',
    ],
  },
  *check({ within, span }, { file, index }) {
    if (within !== 'file' || transactionsOf(file)[index]?.of !== 'statement' || file.statements.length < 2)
      return
    for (const { message, help, span: place, insertAt, insert } of unrepeatable(file, index)) {
      yield {
        message,
        help,
        span: place ?? span,
        ...(insert !== undefined && insertAt !== undefined
          ? {
              fix: {
                title: `Write ${insert.trim().toUpperCase()}`,
                edits: [{ span: { start: insertAt, end: insertAt }, text: insert }],
              },
            }
          : {}),
      }
    }
  },
}
