import type { Fix } from '../../model/finding.js'
import { constraintsIn } from '../../sql/defined-constraints.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { typeName } from '../../sql/type-name.js'
import { type TypedColumn, typedColumns } from '../../sql/typed-columns.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const timestampWithoutTz: Rule = {
  id: 'timestamp-without-tz',
  group: 'design',
  title: 'A column of type `timestamp` without time zone',
  why: 'It keeps what a clock on some wall showed, not when that was: sessions with different `TimeZone` settings write and read different moments, and the hour that repeats in autumn is ambiguous.',
  instead: 'Use `timestamptz`. It takes the same eight bytes and holds a moment.',
  levels: everywhere('off'),
  examples: {
    bad: [
      'create table accounts (created_at timestamp);',
      'alter table accounts alter column created_at type timestamp without time zone;',
    ],
    good: ['create table accounts (created_at timestamptz not null default now());'],
  },
  *check(statement, context) {
    for (const column of typedColumns(statement, context.file.file.text)) {
      if (column.type !== 'timestamp') continue
      const fix = fixOf(column)
      yield {
        message: `Column ${showName([column.name])} of ${showRelation(column.relation)} is timestamp without time zone, which is no moment in time.`,
        help: `Write ${withZone(column)}.`,
        span: column.span,
        ...(fix ? { fix } : {}),
      }
    }
  },
}

function withZone({ definition }: TypedColumn): string {
  return `timestamptz${/\(\d\)/.exec(typeName(definition.typeName) ?? '')?.[0] ?? ''}`
}

/** Only of a new column whose default is a moment already: of `now() at time zone 'utc'` it would be another one. */
function fixOf(column: TypedColumn): Fix | undefined {
  if (column.how === 'alter-type' || !constraintsIn(column.definition.constraints).every(isHarmless))
    return undefined
  return { title: 'Make it timestamptz', edits: [{ span: column.typeSpan, text: withZone(column) }] }
}

type Constraint = ReturnType<typeof constraintsIn>[number]

function isHarmless({ contype, raw_expr: expression }: Constraint): boolean {
  if (contype !== 'CONSTR_DEFAULT') return HARMLESS.has(contype ?? '')
  const called = stringsOf(nodeAs(expression, 'FuncCall')?.funcname).at(-1)
  return called !== undefined ? MOMENTS.has(called) : nodeAs(expression, 'SQLValueFunction') !== undefined
}

const HARMLESS: ReadonlySet<string> = new Set<NonNullable<Constraint['contype']>>([
  'CONSTR_NULL',
  'CONSTR_NOTNULL',
  'CONSTR_PRIMARY',
  'CONSTR_UNIQUE',
])
const MOMENTS: ReadonlySet<string> = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'clock_timestamp',
])
