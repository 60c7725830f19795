import type { Constraint } from '@pgsql/types'
import type { Fix } from '../../model/finding.js'
import { showName } from '../../sql/relation-name.js'
import { stringsOf } from '../../sql/tree.js'
import type { Context, Seen } from '../rule.js'
import type { AddedColumn } from './added-columns.js'
import type { AddedConstraint } from './added-constraints.js'
import { constraintName } from './constraint-name.js'
import { inlineText } from './inline-text.js'
import { type Rewriting, rewriting } from './rewriting.js'
import { runOutside } from './run-outside.js'

/** Builds the index of a UNIQUE or PRIMARY KEY constraint concurrently, and then makes the constraint of it. */
export function indexFirst(
  added: AddedConstraint,
  statement: Seen,
  context: Context,
): { readonly fix?: Fix } {
  const { constraint, relation, of } = added
  const columns = stringsOf(constraint.keys)
  const isKey = constraint.contype === 'CONSTR_PRIMARY'
  const made = rewriting(added, statement, context)
  const name =
    constraint.conname ?? constraintName(relation.relname, isKey ? [] : columns, isKey ? 'pkey' : 'key')
  if (!made || name === undefined || of > 1 || !isPlain(constraint, made)) return {}
  const [build, use] = statements(made, name, columns, isKey)
  const fix = runOutside(statement, context, {
    title: TITLE,
    edits: [{ span: statement.span, text: `${build};\n${use}` }],
    name,
    rows: true,
  })
  return fix ? { fix } : {}
}

/** The same for UNIQUE at a new column, which is added without it first. */
export function indexLater(
  added: AddedColumn,
  constraint: Constraint,
  statement: Seen,
  context: Context,
): { readonly fix?: Fix } {
  const { definition, relation } = added
  const columns = [definition.colname ?? '']
  const made = rewriting(added, statement, context)
  const inline = inlineText(added, constraint, statement, context)
  const name = constraint.conname ?? constraintName(relation.relname, columns, 'key')
  if (!made || !inline || name === undefined || !isPlain(constraint, made) || hasMore(inline.text)) return {}
  const next = statements(made, name, columns, false).map((each) => `${each};`)
  return {
    fix: {
      title: `${TITLE}, in a migration of its own`,
      edits: [{ span: inline.span, text: '' }],
      next: next.join('\n'),
    },
  }
}

const TITLE = 'Build the index concurrently, and make the constraint of it'

/** CREATE INDEX knows neither IF EXISTS nor the attributes of constraints. */
function isPlain(constraint: Constraint, { head }: Rewriting): boolean {
  return (
    !/\b(if|only)\b/i.test(head.replaceAll(/"[^"]*"/g, '')) &&
    UNUSUAL.every((each) => constraint[each] === undefined)
  )
}

const UNUSUAL = [
  'deferrable',
  'initdeferred',
  'nulls_not_distinct',
  'without_overlaps',
  'including',
  'options',
  'indexspace',
] as const

/** DEFERRABLE behind a constraint at a column is a node of its own. */
function hasMore(text: string): boolean {
  return !/^unique$/i.test(text)
}

function statements(
  { head, name: table, keywords: k }: Rewriting,
  name: string,
  columns: readonly string[],
  isKey: boolean,
): readonly [string, string] {
  const index = showName([name])
  const list = columns.map((each) => showName([each])).join(', ')
  return [
    `${k('CREATE UNIQUE INDEX CONCURRENTLY')} ${index} ${k('ON')} ${table} (${list})`,
    `${head} ${k('ADD CONSTRAINT')} ${index} ${k(isKey ? 'PRIMARY KEY' : 'UNIQUE')} ${k('USING INDEX')} ${index}`,
  ]
}
