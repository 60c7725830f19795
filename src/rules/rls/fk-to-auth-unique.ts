import type { Constraint } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { alterCommands } from '../../sql/alter-commands.js'
import { constraintsIn } from '../../sql/defined-constraints.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { tokens } from '../../sql/split-list.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import type { Rule, Seen } from '../rule.js'

export const fkToAuthUnique: Rule = {
  id: 'fk-to-auth-unique',
  group: 'rls',
  title: 'A foreign key to a column of `auth` that is not the primary key',
  why: 'The tables in `auth` belong to Supabase. When an upgrade of theirs replaces a unique constraint there, a foreign key that hangs on it makes the upgrade fail. The primary key stays.',
  instead:
    'Refer to the primary key:\n\n```sql\nuser_id uuid not null references auth.users (id) on delete cascade\n```',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: ['create table profiles (id bigint primary key, phone text references auth.users (phone));'],
    good: [
      'create table profiles (id uuid primary key references auth.users (id));',
      'create table profiles (id uuid primary key references auth.users);',
    ],
  },
  *check(statement, context) {
    const { text } = context.file.file
    for (const { pktable, pk_attrs, location } of foreignKeys(statement, text)) {
      const columns = stringsOf(pk_attrs)
      if (pktable?.schemaname !== 'auth' || columns.length === 0 || columns.join() === 'id') continue
      yield {
        message: `This foreign key hangs on ${columns.map((each) => showName([each])).join(', ')} of ${showRelation(pktable)}, which is not its primary key.`,
        help: `Refer to ${showRelation(pktable)} (id).`,
        span: spanOf(statement, text, location),
      }
    }
  },
}

function foreignKeys(statement: Seen, text: string): Constraint[] {
  const commands = alterCommands(statement, { text }).flatMap(({ command }) => command.def ?? [])
  const elements = [...(treeAs(statement, 'CreateStmt')?.tableElts ?? []), ...commands]
  const inline = elements.flatMap((each) => nodeAs(each, 'ColumnDef')?.constraints ?? [])
  return constraintsIn([...elements, ...inline]).filter(({ contype }) => contype === 'CONSTR_FOREIGN')
}

/** To the parenthesis behind the columns that it refers to. */
function spanOf({ span, offsetOf }: Seen, text: string, location: number | undefined): Span {
  const start = offsetOf(location)
  let refers = false
  for (const piece of tokens(text, { start, end: span.end })) {
    const sign = text.slice(piece.start, piece.end)
    if (refers && sign === ')') return { start, end: piece.end }
    refers ||= sign.toLowerCase() === 'references'
  }
  return { start, end: span.end }
}
