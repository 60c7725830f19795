import type { Fix } from '../../model/finding.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import type { Context, Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { isNewIndex } from './known-index.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { runOutside } from './run-outside.js'

export const dropIndexNotConcurrent: Rule = {
  id: 'drop-index-not-concurrent',
  group: 'locks',
  title: 'DROP INDEX without CONCURRENTLY',
  why: 'DROP INDEX takes ACCESS EXCLUSIVE on the table of the index. It is quick itself, but it waits for every running query of the table, and all others wait behind it; then they wait for the end of the transaction.',
  instead: `Drop it concurrently, outside of a transaction:

\`\`\`sql
drop index concurrently if exists orders_customer_idx;
\`\`\`

The index of a constraint goes with ALTER TABLE … DROP CONSTRAINT only, and that of a partitioned table has no CONCURRENTLY.`,
  levels: LOCK_LEVELS,
  claims: ['stops-reads'],
  examples: {
    bad: ['drop index orders_customer_idx;', 'drop index if exists a_idx, b_idx;'],
    good: [
      'drop index concurrently orders_customer_idx;',
      'create table t (a int); create index t_a on t (a); drop index t_a;',
    ],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'DropStmt')
    if (tree?.removeType !== 'OBJECT_INDEX' || tree.concurrent) return
    const indexes = (tree.objects ?? []).map((object) => stringsOf(nodeAs(object, 'List')?.items))
    const old = indexes.filter((parts) => !isNewIndex(context.known, parts))
    if (old.length === 0) return
    const cascades = tree.behavior === 'DROP_CASCADE'
    const fix = indexes.length === 1 && !cascades ? fixOf(statement, context, old[0]?.at(-1)) : undefined
    yield {
      message: `DROP INDEX ${showList(old.map(showName))} stops all reads and writes of the table while it waits and until the transaction ends.`,
      help: helpFor(statement, indexes.length > 1, cascades),
      ...(fix ? { fix } : {}),
    }
  },
}

function helpFor({ within }: Seen, isList: boolean, cascades: boolean): string {
  const one = isList ? 'one statement an index, ' : ''
  const plain = cascades ? 'without CASCADE, ' : ''
  const out = within === 'do' ? 'outside of the DO block, ' : ''
  return `Write DROP INDEX CONCURRENTLY, ${one}${plain}${out}in a migration that does not run in a transaction.`
}

function fixOf(statement: Seen, context: Context, name: string | undefined): Fix | undefined {
  const { text } = context.file.file
  const keyword = keywordIn(text, statement.span, 'index')
  if (!keyword) return undefined
  const concurrently = inCaseOf(text.slice(keyword.start, keyword.end), 'concurrently')
  const edits = [{ span: { start: keyword.end, end: keyword.end }, text: ` ${concurrently}` }]
  return runOutside(statement, context, { title: 'Drop the index concurrently', edits, name, rows: true })
}
