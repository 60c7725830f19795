import type { Fix } from '../../model/finding.js'
import type { AlterCommand } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import type { Context, Rule, Seen } from '../rule.js'
import { constraintName } from './constraint-name.js'
import { isKnownNotNull } from './is-known-not-null.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { commandsOnOldTables } from './old-tables.js'
import { rewriting } from './rewriting.js'

export const setNotNull: Rule = {
  id: 'set-not-null',
  group: 'locks',
  title: 'SET NOT NULL that has to read the table',
  why: 'The server looks for NULL in the whole table under ACCESS EXCLUSIVE, which stops reads too: 0.3 seconds for a million small rows. It does not where a validated `CHECK (… IS NOT NULL)` proves that there is none. An `INSERT` of the release still running that leaves the column out fails from then on.',
  instead: `From PostgreSQL 18 on, add the constraint \`NOT VALID\` and validate it in the next migration, which stops nobody:

\`\`\`sql
alter table orders add constraint orders_paid_not_null not null paid not valid;
-- in the next migration
alter table orders validate constraint orders_paid_not_null;
\`\`\`

Before 18, prove it by a CHECK first:

\`\`\`sql
alter table orders add constraint orders_paid_not_null check (paid is not null) not valid;
-- in the next migration
alter table orders validate constraint orders_paid_not_null;
alter table orders alter column paid set not null;
alter table orders drop constraint orders_paid_not_null;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders alter column paid set not null;',
      { sql: 'alter table orders add constraint orders_paid_not_null not null paid;', postgres: 18 },
    ],
    good: [
      [
        'alter table orders add constraint paid_known check (paid is not null) not valid;',
        'alter table orders validate constraint paid_known; alter table orders alter column paid set not null;',
      ],
      'alter table orders add constraint orders_paid_not_null not null paid not valid;',
    ].map((sql) => ({ sql })),
  },
  *check(statement, context) {
    for (const command of commandsOnOldTables(statement, context)) {
      const columns = columnsOf(command)
      const [column] = columns
      if (column === undefined || isKnownNotNull(command.relation, column, context)) continue
      const table = showRelation(command.relation)
      const shown = showName([column])
      yield {
        span: command.span,
        message: `Making column ${shown} of ${table} NOT NULL reads the whole table while nobody can read or write it.`,
        help:
          context.postgres >= 18
            ? `Write ADD CONSTRAINT … NOT NULL ${shown} NOT VALID, and validate it in the next migration.`
            : `Add CHECK (${shown} IS NOT NULL) NOT VALID, and in the next migration validate it, SET NOT NULL, which then reads nothing, and drop the CHECK.`,
        ...fixOf(command, column, statement, context),
      }
    }
  },
}

function columnsOf({ command: { subtype, name, def } }: AlterCommand): readonly string[] {
  if (subtype === 'AT_SetNotNull') return [name ?? '']
  const constraint = subtype === 'AT_AddConstraint' ? nodeAs(def, 'Constraint') : undefined
  return constraint?.contype === 'CONSTR_NOTNULL' && !constraint.skip_validation
    ? stringsOf(constraint.keys)
    : []
}

function fixOf(
  command: AlterCommand,
  column: string,
  statement: Seen,
  context: Context,
): { readonly fix?: Fix } {
  const made = rewriting(command, statement, context)
  const given = nodeAs(command.command.def, 'Constraint')?.conname
  const name = given ?? constraintName(command.relation.relname, [column], 'not_null')
  // A CHECK that the server knows by that name already is not known to be the same.
  const isTaken = context.known.relation(command.relation)?.constraints.some((each) => each.name === name)
  if (!made || name === undefined || isTaken) return {}
  const { head, keywords: k } = made
  const [shown, constraint] = [showName([column]), showName([name])]
  const add = (what: string) => ({
    span: command.span,
    text: `${k('ADD CONSTRAINT')} ${constraint} ${what} ${k('NOT VALID')}`,
  })
  const validate = `${head} ${k('VALIDATE CONSTRAINT')} ${constraint};`
  if (context.postgres >= 18)
    return {
      fix: {
        title: 'Add it NOT VALID and validate it in a migration of its own',
        edits: [add(`${k('NOT NULL')} ${shown}`)],
        next: validate,
      },
    }
  return {
    fix: {
      title: 'Prove it by a CHECK first, and SET NOT NULL in a migration of its own',
      edits: [add(`${k('CHECK')} (${shown} ${k('IS NOT NULL')})`)],
      next: [
        validate,
        `${head} ${k('ALTER COLUMN')} ${shown} ${k('SET NOT NULL')};`,
        `${head} ${k('DROP CONSTRAINT')} ${constraint};`,
      ].join('\n'),
    },
  }
}
