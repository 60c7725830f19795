import type { ColumnDef, Constraint, Node } from '@pgsql/types'
import { nodeAs, stringsOf, treeAs } from './tree.js'
import { walkTree } from './walk-tree.js'

/** A constraint as written, with the columns it is about. */
export interface DefinedConstraint {
  readonly constraint: Constraint
  /** Written at a column rather than for the table. */
  readonly inline: boolean
  /** Of a CHECK those that its expression names. */
  readonly columns: readonly string[]
}

/** What stands at a column: `not null`, `default 1`, `check (a > 0)`, `references b`. */
export function columnConstraints(column: ColumnDef): DefinedConstraint[] {
  return constraintsIn(column.constraints).map((constraint) => ({
    constraint,
    inline: true,
    columns:
      constraint.contype === 'CONSTR_CHECK' ? columnsNamed(constraint.raw_expr) : [column.colname ?? ''],
  }))
}

/** A constraint for a table, as in CREATE TABLE or ADD CONSTRAINT. */
export function tableConstraint(constraint: Constraint): DefinedConstraint {
  const { contype, raw_expr: expression, fk_attrs: referring, keys } = constraint
  if (contype === 'CONSTR_CHECK') return { constraint, inline: false, columns: columnsNamed(expression) }
  return { constraint, inline: false, columns: stringsOf(contype === 'CONSTR_FOREIGN' ? referring : keys) }
}

/** The constraints in a list of nodes. */
export function constraintsIn(nodes: readonly Node[] | undefined): Constraint[] {
  return (nodes ?? []).flatMap((node) => nodeAs(node, 'Constraint') ?? [])
}

/** The columns an expression names without their table, each once. */
function columnsNamed(expression: Node | undefined): string[] {
  const references = [...walkTree(expression)].flatMap((visited) => treeAs(visited, 'ColumnRef') ?? [])
  const names = references.map(({ fields }) => stringsOf(fields))
  return [
    ...new Set(names.flatMap(([name, ...rest]) => (name !== undefined && rest.length === 0 ? name : []))),
  ]
}
