import type { Rule } from '../rule.js'
import { narrowing } from './narrowing.js'
import { type RetypedColumn, retypedColumns } from './retyped-columns.js'

export const narrowColumnType: Rule = {
  id: 'narrow-column-type',
  group: 'locks',
  title: 'ALTER COLUMN … TYPE to a type with less room',
  why: 'Values that have no room make the statement fail, after it has read and rewritten the table up to the first of them under ACCESS EXCLUSIVE; or they are rounded or cut in silence, and what they were is gone. A release still running writes values that are now refused.',
  instead: `Look first whether there are such values, and let a constraint keep new ones out while the type stays as it is:

\`\`\`sql
alter table orders add constraint orders_code_length check (char_length(code) <= 50) not valid;
-- in the next migration
alter table orders validate constraint orders_code_length;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: [
      {
        before: 'create table orders (code varchar(100), price numeric(10,4));',
        sql: 'alter table orders alter column code type varchar(50); alter table orders alter column price type numeric(10,2);',
      },
    ],
    good: [
      'create table orders (code varchar(100)); alter table orders alter column code type varchar(50);',
      'alter table orders alter column code type varchar(50);',
    ],
  },
  *check(statement, context) {
    for (const column of retypedColumns(statement, context)) {
      const told = messageOf(column)
      // What the judged files add themselves has had no time to be filled.
      if (told === undefined || column.known?.columns.get(column.name)?.made.isNew) continue
      yield {
        span: column.span,
        message: told,
        help: `Count the values that have no room in ${column.to} first. Where there are none, keep new ones out with a CHECK … NOT VALID rather than by the type; where the change is meant, make a backup first.`,
      }
    }
  },
}

function messageOf({ from, to, using, column, table }: RetypedColumn): string | undefined {
  if (from === undefined) return undefined
  const lost = narrowing(from, to, using === 'cast')
  if (!lost) return undefined
  const change = `Changing column ${column} of ${table} from ${from} to ${to}`
  if (using === 'expression')
    return `${change} leaves it to the USING expression what becomes of values that have no room.`
  return lost.effect === 'fails'
    ? `${change} fails if ${lost.what}.`
    : `${change} loses ${lost.what}, in silence.`
}
