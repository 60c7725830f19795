import type { Fix } from '../../model/finding.js'
import { type AlterCommand, alterCommands } from '../../sql/alter-commands.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import type { Context, Rule, Seen } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { runOutside } from './run-outside.js'

export const detachPartitionNotConcurrent: Rule = {
  id: 'detach-partition-not-concurrent',
  group: 'locks',
  title: 'DETACH PARTITION without CONCURRENTLY',
  why: 'Detaching takes ACCESS EXCLUSIVE on the partitioned table and the partition. It is quick itself, but it waits for every running query of the whole table, and all others wait behind it.',
  instead: `From PostgreSQL 14 on, detach concurrently, outside of a transaction; not possible while the table has a default partition:

\`\`\`sql
alter table events detach partition events_2024 concurrently;
\`\`\`

The table then keeps its bounds as a CHECK, which can be dropped.`,
  levels: LOCK_LEVELS,
  claims: ['stops-reads'],
  examples: {
    bad: ['alter table events detach partition events_2024;'],
    good: [
      'alter table events detach partition events_2024 concurrently;',
      'alter table events detach partition events_2024 finalize;',
    ],
  },
  *check(statement, context) {
    if (context.postgres < 14) return
    for (const command of alterCommands(statement, context.file.file)) {
      const partition = nodeAs(command.command.def, 'PartitionCmd')
      if (command.command.subtype !== 'AT_DetachPartition' || partition?.concurrent) continue
      if (context.known.isNew(command.relation)) continue
      const fix = fixOf(statement, context, command, partition?.name?.relname)
      yield {
        message: `Detaching ${showRelation(partition?.name)} stops all reads and writes of ${showRelation(command.relation)} while it waits and until the transaction ends.`,
        help: 'Write DETACH PARTITION … CONCURRENTLY, outside of a transaction.',
        ...(fix ? { fix } : {}),
      }
    }
  },
}

function fixOf(
  statement: Seen,
  context: Context,
  { span }: AlterCommand,
  name: string | undefined,
): Fix | undefined {
  const { text } = context.file.file
  const keyword = keywordIn(text, span, 'detach')
  if (!keyword) return undefined
  const concurrently = inCaseOf(text.slice(keyword.start, keyword.end), 'concurrently')
  const edits = [{ span: { start: span.end, end: span.end }, text: ` ${concurrently}` }]
  return runOutside(statement, context, { title: 'Detach the partition concurrently', edits, name })
}
