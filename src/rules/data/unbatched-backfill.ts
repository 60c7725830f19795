import type { Node, UpdateStmt } from '@pgsql/types'
import { isAlwaysTrue } from '../../sql/always-true.js'
import { dataChanges } from '../../sql/data-changes.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'
import type { KnownRelation } from '../known/known.js'
import type { Rule } from '../rule.js'

export const unbatchedBackfill: Rule = {
  id: 'unbatched-backfill',
  group: 'data',
  title: 'UPDATE of any number of rows in one go',
  why: 'All rows that match are locked from their change to the commit and written anew: on a large table minutes in which writers wait, replicas fall behind, and a failure near the end undoes everything. After an ALTER TABLE in the same transaction, readers wait too.',
  instead: `Change some thousand rows at a time, each time in a transaction of its own, in a file of its own (\`-- devflow:no-transaction\`) or from the application:

\`\`\`sql
update orders set state = 'open'
where id in (select id from orders where state is null limit 10000);
\`\`\``,
  levels: { development: 'off', staging: 'warn', production: 'warn' },
  examples: {
    bad: ["update orders set state = 'open' where state is null;"],
    good: [
      "update orders set state = 'open' where id in (select id from orders where state is null limit 10000);",
      "update orders set state = 'open' where id between 1 and 10000;",
      "update orders set state = 'open' where id = 7;",
    ],
  },
  *check(statement, { known, file }) {
    for (const { kind, tree, span } of dataChanges(statement, file.file.text)) {
      if (kind !== 'update' || !tree.whereClause || isThin(tree) || known.isNew(tree.relation)) continue
      const table = known.relation(tree.relation)
      // All rows: that is told by another rule.
      if (table?.temporary || isAlwaysTrue(tree.whereClause) || isBounded(tree, table)) continue
      yield {
        span,
        message: `UPDATE ${showRelation(tree.relation)} writes every row that matches in one transaction, however many there are.`,
        help: 'Pick rows by key in batches (WHERE id IN (SELECT … LIMIT 10000)), each in a transaction of its own.',
      }
    }
  },
}

/** Of one of thousands of statements the condition is not kept. */
function isThin({ whereClause }: UpdateStmt): boolean {
  return Object.keys(whereClause ?? {}).length === 0
}

/** It says how many rows, or picks them by value: a LIMIT, a list, a range with two ends, an equality. */
function isBounded(tree: UpdateStmt, table: KnownRelation | undefined): boolean {
  for (const visited of walkTree(tree)) {
    const select = treeAs(visited, 'SelectStmt')
    if (select?.limitCount || select?.valuesLists) return true
  }
  const ends = new Set<string>()
  return conjuncts(tree.whereClause).some((each) => picks(each, table, ends))
}

function conjuncts(condition: Node | undefined): readonly (Node | undefined)[] {
  const { boolop, args } = nodeAs(condition, 'BoolExpr') ?? {}
  return boolop === 'AND_EXPR' ? (args ?? []) : [condition]
}

/** @param ends what earlier parts bound on one side: `> id` */
function picks(condition: Node | undefined, table: KnownRelation | undefined, ends: Set<string>): boolean {
  if (nodeAs(condition, 'CurrentOfExpr')) return true
  const { kind, name, lexpr, rexpr } = nodeAs(condition, 'A_Expr') ?? {}
  const operator = stringsOf(name).at(-1) ?? ''
  if (kind === 'AEXPR_BETWEEN') return true
  if (kind === 'AEXPR_IN' || kind === 'AEXPR_OP_ANY') return operator === '=' && !isBoolean(lexpr, table)
  if (kind !== 'AEXPR_OP') return false
  const [column, value, side] = columnOf(lexpr)
    ? [lexpr, rexpr, operator]
    : [rexpr, lexpr, FLIPPED.get(operator)]
  if (!columnOf(column) || hasColumn(value) || side === undefined) return false
  if (side === '=') return !isBoolean(column, table) && nodeAs(value, 'A_Const')?.boolval === undefined
  const end = side[0] ?? ''
  ends.add(`${end} ${columnOf(column)}`)
  return (end === '<' || end === '>') && ends.has(`${end === '<' ? '>' : '<'} ${columnOf(column)}`)
}

const FLIPPED = new Map([
  ['=', '='],
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
])

function columnOf(node: Node | undefined): string | undefined {
  return stringsOf(nodeAs(node, 'ColumnRef')?.fields).at(-1)
}

function hasColumn(value: Node | undefined): boolean {
  for (const { node } of walkTree([value])) if (node === 'ColumnRef') return true
  return false
}

/** Half of all rows are true. */
function isBoolean(node: Node | undefined, table: KnownRelation | undefined): boolean {
  return table?.columns.get(columnOf(node) ?? '')?.type === 'bool'
}
