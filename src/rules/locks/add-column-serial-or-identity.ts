import { typeName } from '../../sql/type-name.js'
import type { Rule } from '../rule.js'
import { type AddedColumn, columnsAddedToOldTables } from './added-columns.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const addColumnSerialOrIdentity: Rule = {
  id: 'add-column-serial-or-identity',
  group: 'locks',
  title: 'A new column that numbers the rows of a table',
  why: 'Each row that is there gets a number, so the table and all its indexes are written anew under ACCESS EXCLUSIVE, which stops reads too: 5 seconds and 140 MB of WAL for a million rows.',
  instead: `Add a plain column with the sequence as its default, number the old rows in batches, and only then make it \`NOT NULL\` and, if that is wanted, an identity.

\`\`\`sql
create sequence orders_number_seq;
alter table orders add column number bigint, alter column number set default nextval('orders_number_seq');
alter sequence orders_number_seq owned by orders.number;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: [
      'alter table orders add column number bigserial;',
      'alter table orders add column number bigint generated always as identity;',
    ],
    good: [
      'create table orders (id bigint generated always as identity primary key);',
      'alter table orders add column number bigint;',
    ],
  },
  *check(statement, context) {
    for (const added of columnsAddedToOldTables(statement, context)) {
      const how = numbering(added)
      if (how === undefined) continue
      const { column, table, span } = added
      yield {
        span,
        message: `Adding column ${column} to ${table} as ${how} rewrites the whole table, because each row gets a number.`,
        help: `Add ${column} as a plain bigint, go on with ALTER COLUMN ${column} SET DEFAULT nextval(…) in the same statement, number old rows in batches in a later migration, and make it NOT NULL after that.`,
      }
    }
  },
}

function numbering({ definition, find }: AddedColumn): string | undefined {
  const type = typeName(definition.typeName) ?? ''
  if (SERIALS.has(type)) return type
  return find('CONSTR_IDENTITY') && 'an identity'
}

const SERIALS = new Set(['serial', 'serial2', 'serial4', 'serial8', 'smallserial', 'bigserial'])
