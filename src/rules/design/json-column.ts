import { constraintsIn } from '../../sql/defined-constraints.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { type TypedColumn, typedColumns } from '../../sql/typed-columns.js'
import type { Rule } from '../rule.js'

export const jsonColumn: Rule = {
  id: 'json-column',
  group: 'design',
  title: 'A column of type `json`',
  why: '`json` has no equality: `SELECT DISTINCT`, `GROUP BY` and `UNION` over rows with such a column fail, also those that worked before the column was added. It is kept as text and parsed anew at each access, and no GIN index can be built on it.',
  instead: 'Use `jsonb`. It does not keep white space, the order of keys and keys given twice.',
  levels: { development: 'off', staging: 'notice', production: 'notice' },
  examples: {
    bad: [
      'create table books (id bigint primary key, data json);',
      'alter table books alter column data type json;',
    ],
    good: ['create table books (id bigint primary key, data jsonb);'],
  },
  *check(statement, context) {
    for (const column of typedColumns(statement, context.file.file.text)) {
      if (column.type !== 'json') continue
      yield {
        message: `Column ${showName([column.name])} of ${showRelation(column.relation)} is json, which can not be compared or indexed.`,
        help: 'Write jsonb.',
        span: column.span,
        ...(isPlain(column)
          ? { fix: { title: 'Make it jsonb', edits: [{ span: column.typeSpan, text: 'jsonb' }] } }
          : {}),
      }
    }
  },
}

/** New, and without an expression that may call what there is for json only. */
function isPlain({ how, definition }: TypedColumn): boolean {
  const expressions = constraintsIn(definition.constraints).some(
    ({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_GENERATED',
  )
  return how !== 'alter-type' && !expressions
}
