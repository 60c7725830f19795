import type { Fix } from '../../model/finding.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { typeName } from '../../sql/type-name.js'
import { type TypedColumn, typedColumns } from '../../sql/typed-columns.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const varcharLimit: Rule = {
  id: 'varchar-limit',
  group: 'design',
  title: 'A column of type `varchar(n)`',
  why: 'The limit is part of the type. A higher one is a matter of a moment; a lower one rewrites the whole table under ACCESS EXCLUSIVE (measured: 5 s for a million rows), and views over the column stand in the way of both.',
  instead:
    'Use `text`. Where the limit is a rule, a CHECK holds it, and can be changed with NOT VALID and VALIDATE CONSTRAINT while the table is in use:\n\n```sql\nname text check (char_length(name) <= 100)\n```',
  levels: everywhere('off'),
  examples: {
    bad: ['create table bar (alpha varchar(100) not null);', 'alter table bar add column beta varchar(256);'],
    good: [
      'create table bar (alpha text check (char_length(alpha) <= 100));',
      'create table bar (alpha varchar);',
    ],
  },
  *check(statement, context) {
    for (const column of typedColumns(statement, context.file.file.text)) {
      const limit = limitOf(column)
      if (limit === undefined) continue
      const fix = fixOf(column, limit)
      yield {
        message: `Column ${showName([column.name])} of ${showRelation(column.relation)} is limited to ${limit} characters by its type.`,
        help: `Write text, and where the limit is a rule CHECK (char_length(${column.nameText}) <= ${limit}).`,
        span: column.span,
        ...(fix ? { fix } : {}),
      }
    }
  },
}

function limitOf({ type, definition }: TypedColumn): string | undefined {
  if (type !== 'varchar') return undefined
  return /\((\d+)\)/.exec(typeName(definition.typeName) ?? '')?.[1]
}

/** Between the type and the constraints only STORAGE and COMPRESSION may stand. */
function fixOf({ how, definition, nameText, typeSpan }: TypedColumn, limit: string): Fix | undefined {
  const { typeName: type, storage_name: storage, compression } = definition
  if (how !== 'create-table' || type?.arrayBounds || storage || compression) return undefined
  const text = `text check (char_length(${nameText}) <= ${limit})`
  return { title: 'Hold the limit with a CHECK', edits: [{ span: typeSpan, text }] }
}
