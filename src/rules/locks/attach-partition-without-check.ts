import type { PartitionBoundSpec } from '@pgsql/types'
import { alterCommands } from '../../sql/alter-commands.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'
import type { KnownConstraint, KnownRelation } from '../known/known.js'
import type { Rule } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const attachPartitionWithoutCheck: Rule = {
  id: 'attach-partition-without-check',
  group: 'locks',
  title: 'ATTACH PARTITION of a table without a CHECK for its bounds',
  why: 'The server reads the whole table under ACCESS EXCLUSIVE to see that each row belongs into the partition: 169 ms for 300,000 rows where it took 1 ms with a CHECK that says so. A default partition is read too, for rows that now belong elsewhere.',
  instead: `Give the table a CHECK that implies the bounds, validate it, and attach it in a migration after that. The CHECK must say that the column is not null, unless the column does:

\`\`\`sql
alter table events_2025 add constraint events_2025_bounds
  check (at is not null and at >= '2025-01-01' and at < '2026-01-01') not valid;
\`\`\`

\`\`\`sql
alter table events_2025 validate constraint events_2025_bounds;
\`\`\`

\`\`\`sql
alter table events attach partition events_2025 for values from ('2025-01-01') to ('2026-01-01');
\`\`\`

Then drop the CHECK, which the partition's bounds repeat.`,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: ['alter table events attach partition events_2025 for values from (1) to (100);'],
    good: [
      'create table p (n int not null); alter table t attach partition p for values from (1) to (100);',
      'alter index events_at attach partition events_2025_at;',
    ],
  },
  *check(statement, { known, file }) {
    for (const { command, objectType, relation } of alterCommands(statement, file.file)) {
      const attached = nodeAs(command.def, 'PartitionCmd')
      if (command.subtype !== 'AT_AttachPartition' || objectType !== 'OBJECT_TABLE' || !attached) continue
      if (known.isNew(attached.name) || impliesBound(known.relation(attached.name), attached.bound)) continue
      const partition = showRelation(attached.name)
      yield {
        message: `${partition} is read as a whole, locked against all others, to be attached to ${showRelation(relation)}.`,
        help: `First add a CHECK to ${partition} that implies its bounds, NOT VALID, and validate it in a migration of its own.`,
      }
    }
  },
}

/**
 * Whether a CHECK that is valid names every value of the bound, and no NULL can be there: near enough, for the server alone
 * can prove that one implies the other.
 */
function impliesBound(table: KnownRelation | undefined, bound: PartitionBoundSpec | undefined): boolean {
  const values = constantsIn([bound?.lowerdatums, bound?.upperdatums, bound?.listdatums])
  if (!table || values.length === 0) return false
  return table.constraints.some((check) => {
    if (check.kind !== 'check' || !check.valid) return false
    const named = new Set(constantsIn(check.definition.raw_expr))
    return values.every((value) => named.has(value)) && excludesNull(table, check)
  })
}

function constantsIn(tree: unknown): string[] {
  return [...walkTree(tree)].flatMap(({ node, tree: constant }) =>
    node === 'A_Const' ? JSON.stringify({ ...constant, location: 0 }) : [],
  )
}

function excludesNull(table: KnownRelation, { definition }: KnownConstraint): boolean {
  for (const { node, tree } of walkTree(definition.raw_expr)) {
    if (node === 'NullTest' && nodeAs({ [node]: tree }, 'NullTest')?.nulltesttype === 'IS_NOT_NULL')
      return true
    const [column] = (node === 'ColumnRef' && nodeAs({ [node]: tree }, 'ColumnRef')?.fields) || []
    if (table.columns.get(nodeAs(column, 'String')?.sval ?? '')?.notNull) return true
  }
  return false
}
