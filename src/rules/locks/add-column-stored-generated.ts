import type { AlterCommand } from '../../sql/alter-commands.js'
import { constraintsIn } from '../../sql/defined-constraints.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import type { Context, Hit, Rule } from '../rule.js'
import { columnsAddedToOldTables } from './added-columns.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { commandsOnOldTables } from './old-tables.js'

export const addColumnStoredGenerated: Rule = {
  id: 'add-column-stored-generated',
  group: 'locks',
  title: 'A stored generated column, added or given another expression',
  why: 'The value is computed for each row that is there, so the table and all its indexes are written anew under ACCESS EXCLUSIVE, which stops reads too: 4 seconds and 137 MB of WAL for a million rows.',
  instead: `From PostgreSQL 18 on, a \`VIRTUAL\` column is computed when it is read and costs nothing to add; no index can be on it. An index on the expression gives the speed of one:

\`\`\`sql
alter table orders add column total numeric generated always as (net + tax) virtual;
create index concurrently orders_total_idx on orders ((net + tax));
\`\`\`

Before 18, add a plain column, fill it by a trigger, and the old rows in batches.`,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: [
      'alter table orders add column total numeric generated always as (net + tax) stored;',
      { sql: 'alter table orders alter column total set expression as (net + tax + fee);', postgres: 18 },
    ],
    good: [
      {
        sql: 'alter table orders add column total numeric generated always as (net + tax) virtual;',
        postgres: 18,
      },
      'create table orders (net numeric, total numeric generated always as (net * 1.2) stored);',
    ],
  },
  *check(statement, context) {
    for (const { find, column, table, span } of columnsAddedToOldTables(statement, context)) {
      if (find('CONSTR_GENERATED')?.generated_kind !== 's') continue
      yield {
        span,
        message: `Adding the stored generated column ${column} to ${table} rewrites the whole table to compute it for each row.`,
        help: helpFor(context),
      }
    }
    for (const command of commandsOnOldTables(statement, context)) {
      if (command.command.subtype === 'AT_SetExpression') yield* anotherExpression(command, context)
    }
  },
}

function helpFor({ postgres }: Context): string {
  return postgres >= 18
    ? 'Write VIRTUAL in place of STORED: it is computed when it is read. Put an index on the expression where it is searched by.'
    : 'Add a plain column, fill it by a trigger from then on, and the old rows in batches in a later migration.'
}

function* anotherExpression({ relation, command, span }: AlterCommand, context: Context): Generator<Hit> {
  const { name = '' } = command
  const definition = context.known.relation(relation)?.columns.get(name)?.definition
  const generated = constraintsIn(definition?.constraints).find(
    ({ contype }) => contype === 'CONSTR_GENERATED',
  )
  if (generated?.generated_kind === 'v') return
  yield {
    span,
    message: `Another expression for the generated column ${showName([name])} of ${showRelation(relation)} rewrites the whole table${generated ? '' : ', unless the column is VIRTUAL'}.`,
    help: helpFor(context),
  }
}
