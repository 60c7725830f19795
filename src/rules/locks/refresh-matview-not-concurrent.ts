import type { Fix } from '../../model/finding.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'
import { showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { KnownRelation } from '../known/known.js'
import type { Rule, Seen } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const refreshMatviewNotConcurrent: Rule = {
  id: 'refresh-matview-not-concurrent',
  group: 'locks',
  title: 'REFRESH MATERIALIZED VIEW without CONCURRENTLY',
  why: 'The view is locked ACCESS EXCLUSIVE for as long as its query runs and until the transaction ends: nobody can read it.',
  instead: `Refresh it concurrently. That needs a unique index on plain columns, without a WHERE, and a view that was filled before; it may run in a transaction:

\`\`\`sql
create unique index on daily_sales (day);
refresh materialized view concurrently daily_sales;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: ['refresh materialized view daily_sales;'],
    good: [
      'refresh materialized view concurrently daily_sales;',
      'create materialized view v as select 1; refresh materialized view v;',
    ],
  },
  *check(statement, { known, file }) {
    const tree = treeAs(statement, 'RefreshMatViewStmt')
    // Without data there is nothing to compute, and nothing to read afterwards.
    if (!tree || tree.concurrent || tree.skipData || known.isNew(tree.relation)) return
    const isUnique = hasUniqueIndex(known.relation(tree.relation))
    const fix = isUnique ? fixOf(statement, file.file.text) : undefined
    yield {
      message: `${showRelation(tree.relation)} can not be read while it is refreshed.`,
      help: isUnique
        ? 'Write REFRESH MATERIALIZED VIEW CONCURRENTLY.'
        : 'Write REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on its columns.',
      ...(fix ? { fix } : {}),
    }
  },
}

function hasUniqueIndex(view: KnownRelation | undefined): boolean {
  return (view?.indexes ?? []).some(
    ({ unique, partial, columns }) => unique && !partial && columns.every((column) => column !== undefined),
  )
}

function fixOf(statement: Seen, text: string): Fix | undefined {
  const keyword = statement.within !== 'file' ? undefined : keywordIn(text, statement.span, 'view')
  if (!keyword) return undefined
  const concurrently = inCaseOf(text.slice(keyword.start, keyword.end), 'concurrently')
  return {
    title: 'Refresh the view concurrently',
    edits: [{ span: { start: keyword.end, end: keyword.end }, text: ` ${concurrently}` }],
  }
}
