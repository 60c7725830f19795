import { showName } from '../../sql/relation-name.js'
import type { KnownConstraint } from '../known/known.js'
import type { Rule } from '../rule.js'
import { columnsIn } from './columns-in.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { type RetypedColumn, retypedColumns } from './retyped-columns.js'

export const changeTypeUnderCheckConstraint: Rule = {
  id: 'change-type-under-check-constraint',
  group: 'locks',
  title: 'ALTER COLUMN … TYPE of a column that a CHECK reads',
  why: 'A change of type that costs nothing by itself, such as a longer `varchar`, makes the server check every CHECK constraint on the column again: it reads the whole table under ACCESS EXCLUSIVE, which stops reads too.',
  instead: `Drop the constraint and add it again \`NOT VALID\` in the same statement, and validate it in the next migration.

\`\`\`sql
alter table orders
  drop constraint orders_code_check,
  alter column code type varchar(200),
  add constraint orders_code_check check (code <> '') not valid;
-- in the next migration
alter table orders validate constraint orders_code_check;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      {
        before: "create table orders (code varchar(9) constraint orders_code_check check (code <> ''));",
        sql: 'alter table orders alter column code type varchar(200);',
      },
    ],
    good: [
      "create table orders (code varchar(9) check (code <> '')); alter table orders alter column code type text;",
    ],
  },
  *check(statement, context) {
    for (const column of retypedColumns(statement, context)) {
      const { cost, from, to, table, known } = column
      if (cost === undefined || cost === 'rewrite' || from === to) continue
      const constraint = known?.constraints.find((each) => isOn(each, column))
      if (!constraint) continue
      const name = constraint.name === undefined ? 'a CHECK' : showName([constraint.name])
      yield {
        span: column.span,
        message: `Changing column ${column.column} of ${table} from ${from} to ${to} checks ${name} again for all rows while nobody can read or write the table.`,
        help: `Drop ${name} and add it again NOT VALID in the same statement, and validate it in the next migration.`,
      }
    }
  },
}

/** What is dropped in the same statement is dropped first. */
function isOn({ kind, valid, definition, name }: KnownConstraint, column: RetypedColumn): boolean {
  const isDropped = column.siblings.some(
    ({ subtype, name: dropped }) => subtype === 'AT_DropConstraint' && dropped === name,
  )
  return kind === 'check' && valid && !isDropped && columnsIn(definition.raw_expr).has(column.name)
}
