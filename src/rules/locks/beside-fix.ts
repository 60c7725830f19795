import type { Constraint } from '@pgsql/types'
import type { Fix } from '../../model/finding.js'
import { showName } from '../../sql/relation-name.js'
import type { Context, Seen } from '../rule.js'
import type { AddedColumn } from './added-columns.js'
import { constraintName } from './constraint-name.js'
import { inlineText } from './inline-text.js'
import { rewriting } from './rewriting.js'

/** Takes a constraint from a new column and adds it beside it NOT VALID; the next migration validates it. */
export function besideFix(
  added: AddedColumn,
  constraint: Constraint,
  statement: Seen,
  context: Context,
): { readonly fix?: Fix } {
  const { relation, definition, span } = added
  const { colname = '' } = definition
  const isKey = constraint.contype === 'CONSTR_FOREIGN'
  const made = rewriting(added, statement, context)
  const inline = inlineText(added, constraint, statement, context)
  const name = constraint.conname ?? constraintName(relation.relname, [colname], isKey ? 'fkey' : 'check')
  if (!made || !inline || name === undefined) return {}
  const { keywords, head } = made
  const columns = isKey ? `${keywords('FOREIGN KEY')} (${showName([colname])}) ` : ''
  const beside = `, ${keywords('ADD CONSTRAINT')} ${showName([name])} ${columns}${inline.text}${keywords(' NOT VALID')}`
  const isLast = inline.span.end === span.end
  return {
    fix: {
      title: `Add the ${isKey ? 'foreign key' : 'CHECK'} NOT VALID and validate it in a migration of its own`,
      edits: isLast
        ? [{ span: inline.span, text: beside }]
        : [
            { span: inline.span, text: '' },
            { span: { start: span.end, end: span.end }, text: beside },
          ],
      next: `${head} ${keywords('VALIDATE CONSTRAINT')} ${showName([name])};`,
    },
  }
}
