import type { TypeName } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import type { Context, Hit, Rule } from '../rule.js'
import { type AddedColumn, columnsAddedToOldTables } from './added-columns.js'
import { isChecked } from './is-checked.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { volatileCall } from './volatile-call.js'

export const addColumnVolatileDefault: Rule = {
  id: 'add-column-volatile-default',
  group: 'locks',
  title: 'A new column whose default differs from row to row',
  why: 'The server keeps a constant default in the catalogue and the statement takes a millisecond, whatever the size; `now()` counts as constant. A volatile default is computed for each row: the table and all its indexes are written anew under ACCESS EXCLUSIVE, which stops reads too. `DEFAULT gen_random_uuid()` on a million rows took 12 seconds and 145 MB of WAL.',
  instead: `Add the column without a default and set the default in the same statement: it holds for rows written from then on. Fill the old rows in batches, in a migration of its own.

\`\`\`sql
alter table orders add column token uuid, alter column token set default gen_random_uuid();
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: [
      'alter table orders add column token uuid default gen_random_uuid();',
      'alter table orders add column code text default next_code();',
      'create domain cents as int check (value >= 0); alter table orders add column fee cents default 0;',
    ],
    good: [
      'alter table orders add column paid boolean not null default false;',
      'alter table orders add column created timestamptz default now();',
      'alter table orders add column token uuid, alter column token set default gen_random_uuid();',
      'create function next_code() returns text language plpgsql stable as $$ begin return 1; end $$; alter table orders add column code text default next_code();',
    ],
  },
  *check(statement, context) {
    for (const added of columnsAddedToOldTables(statement, context)) {
      const hit = hitOf(added, context)
      if (hit) yield { ...hit, span: added.span }
    }
  },
}

function hitOf(added: AddedColumn, context: Context): Hit | undefined {
  const { column, table, definition } = added
  const value = added.find('CONSTR_DEFAULT')?.raw_expr
  const call = volatileCall(value, context.known)
  if (call?.certain)
    return {
      message: `Adding column ${column} to ${table} rewrites the whole table, because ${call.name}() gives each row a value of its own.`,
      help: later(column, `${call.name}()`),
    }
  if (hasConstraints(definition.typeName, context))
    return {
      message: `Adding column ${column} to ${table} rewrites the whole table, because its type is a domain with constraints.`,
      help: 'Give the column the type that the domain is made from, and the constraint as CHECK … NOT VALID, validated in a later migration.',
    }
  if (value && context.postgres < 11 && !nodeAs(value, 'A_Const')?.isnull)
    return {
      message: `Adding column ${column} to ${table} rewrites the whole table: before PostgreSQL 11 any default does.`,
      help: later(column, '…'),
    }
  if (!call) return undefined
  return {
    message: `Adding column ${column} to ${table} rewrites the whole table if ${call.name}() is volatile, which the files do not tell.`,
    help: `A function is volatile unless it was made IMMUTABLE or STABLE. If it is: ${lowerFirst(later(column, `${call.name}()`))}`,
  }
}

function later(column: string, value: string): string {
  return `Add the column without a default, go on with ALTER COLUMN ${column} SET DEFAULT ${value} in the same statement, and fill old rows in batches in a later migration.`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** It is a domain of the files that checks its values: then even NULL has to be checked for each row. */
function hasConstraints(type: TypeName | undefined, { known }: Context): boolean {
  return (type?.arrayBounds ?? []).length === 0 && isChecked(known.type(stringsOf(type?.names))?.definition)
}
