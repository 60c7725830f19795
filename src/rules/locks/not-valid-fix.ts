import type { Edit, Fix } from '../../model/finding.js'
import { showName } from '../../sql/relation-name.js'
import type { Context, Seen } from '../rule.js'
import type { AddedConstraint } from './added-constraints.js'
import { rewriting } from './rewriting.js'

/**
 * Adds a constraint NOT VALID, and validates it in the next migration.
 *
 * @param usualName what the server would call it; it is written out, so that it can be validated by it
 */
export function notValidFix(
  added: AddedConstraint,
  usualName: string | undefined,
  statement: Seen,
  context: Context,
): { readonly fix?: Fix } {
  const { constraint, span } = added
  const made = rewriting(added, statement, context)
  const name = constraint.conname ?? usualName
  if (!made || name === undefined) return {}
  const start = statement.offsetOf(constraint.location)
  const naming: Edit = {
    span: { start, end: start },
    text: `${made.keywords('CONSTRAINT')} ${showName([name])} `,
  }
  const ending: Edit = { span: { start: span.end, end: span.end }, text: made.keywords(' NOT VALID') }
  return {
    fix: {
      title: 'Add it NOT VALID and validate it in a migration of its own',
      edits: constraint.conname === undefined ? [naming, ending] : [ending],
      next: `${made.head} ${made.keywords('VALIDATE CONSTRAINT')} ${showName([name])};`,
    },
  }
}
