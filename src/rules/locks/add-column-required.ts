import { nodeAs } from '../../sql/tree.js'
import { typeName } from '../../sql/type-name.js'
import type { Rule } from '../rule.js'
import { type AddedColumn, columnsAddedToOldTables } from './added-columns.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const addColumnRequired: Rule = {
  id: 'add-column-required',
  group: 'locks',
  title: 'A new column that is NOT NULL and has no default',
  why: 'The rows that are there have no value for it, so the statement fails with 23502 unless the table is empty. It passes on an empty test database. Even where it passes, an `INSERT` of the release still running, which does not know the column, fails from then on.',
  instead: `Give it a constant default: from PostgreSQL 11 on that costs nothing. Or add it without NOT NULL, fill it, and make it \`NOT NULL\` later (see \`set-not-null\`).

\`\`\`sql
alter table orders add column currency text not null default 'EUR';
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['fails-on-rows'],
  examples: {
    bad: ['alter table orders add column currency text not null;'],
    good: [
      "alter table orders add column currency text not null default 'EUR';",
      'alter table orders add column currency text;',
      'alter table orders add column number bigint not null generated always as identity;',
    ],
  },
  *check(statement, context) {
    for (const added of columnsAddedToOldTables(statement, context)) {
      if (!isRequired(added) || hasValue(added)) continue
      const { column, table, span } = added
      const is = added.find('CONSTR_NOTNULL') ? 'NOT NULL' : 'the primary key'
      yield {
        span,
        message: `Column ${column} is ${is} and has no default, so adding it fails as soon as ${table} has a row.`,
        help: 'Give it a constant DEFAULT, or add it without NOT NULL, fill it in batches and make it NOT NULL in a later migration.',
      }
    }
  },
}

function isRequired({ find }: AddedColumn): boolean {
  return (find('CONSTR_NOTNULL') ?? find('CONSTR_PRIMARY')) !== undefined
}

function hasValue({ definition, find }: AddedColumn): boolean {
  if (find('CONSTR_GENERATED') ?? find('CONSTR_IDENTITY')) return true
  if (/^(small|big)?serial[248]?$/.test(typeName(definition.typeName) ?? '')) return true
  const value = find('CONSTR_DEFAULT')?.raw_expr
  return value !== undefined && !nodeAs(value, 'A_Const')?.isnull
}
