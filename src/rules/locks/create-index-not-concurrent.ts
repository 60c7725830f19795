import type { IndexStmt } from '@pgsql/types'
import type { Edit, Fix } from '../../model/finding.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'
import type { Context, Rule, Seen } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { losesNothing, runOutside } from './run-outside.js'

export const createIndexNotConcurrent: Rule = {
  id: 'create-index-not-concurrent',
  group: 'locks',
  title: 'CREATE INDEX without CONCURRENTLY',
  why: 'CREATE INDEX reads the whole table under a SHARE lock: nobody can insert, update or delete until the transaction ends. On 1,000,000 rows of a small table that took a second; it grows with the table.',
  instead: `Build it concurrently. That takes longer and stops nobody; it can not run in a transaction, so give it a migration of its own:

\`\`\`sql
create index concurrently orders_customer_idx on orders (customer_id);
\`\`\`

A build that fails leaves an invalid index behind. Drop it with DROP INDEX CONCURRENTLY before the next try: IF NOT EXISTS would take it for a good one.`,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: ['create index orders_customer_idx on orders (customer_id);'],
    good: [
      'create index concurrently orders_customer_idx on orders (customer_id);',
      'create table orders (id bigint, customer_id bigint); create index on orders (customer_id);',
    ],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'IndexStmt')
    if (!tree || tree.concurrent || !mayHaveRows(tree, context.known)) return
    const fix = fixOf(statement, context, tree)
    const index = tree.idxname === undefined ? 'An index' : `Index ${showName([tree.idxname])}`
    yield {
      message: `${index} is built on ${showRelation(tree.relation)} while nobody can write to it.`,
      help: helpFor(statement, context, tree),
      ...(fix ? { fix } : {}),
    }
  },
}

/** ON ONLY makes an index without rows: that of a partitioned table, whose partitions' are attached to it. */
function mayHaveRows({ relation }: IndexStmt, known: Known): boolean {
  const isTemporary = relation?.schemaname === 'pg_temp' || known.relation(relation)?.temporary
  return relation?.inh === true && !isTemporary && !known.isNew(relation)
}

function isPartitioned({ relation }: IndexStmt, known: Known): boolean {
  const key = relationKey(relation ?? {})
  return [...known.relations.values()].some(({ partitionOf }) => partitionOf === key)
}

function helpFor(statement: Seen, context: Context, tree: IndexStmt): string {
  if (isPartitioned(tree, context.known))
    return 'A partitioned table has no CONCURRENTLY: create the index ON ONLY it, build one CONCURRENTLY on each partition, and attach them with ALTER INDEX … ATTACH PARTITION.'
  if (statement.within === 'do')
    return 'Take it out of the DO block, and write CREATE INDEX CONCURRENTLY in a migration of its own.'
  if (losesNothing(context)) return 'Write CREATE INDEX CONCURRENTLY.'
  return 'Write CREATE INDEX CONCURRENTLY in a migration of its own: it can not run in the transaction of the other statements.'
}

function fixOf(statement: Seen, context: Context, tree: IndexStmt): Fix | undefined {
  const { text } = context.file.file
  const keyword = keywordIn(text, statement.span, 'index')
  if (!keyword || isPartitioned(tree, context.known)) return undefined
  const concurrently = inCaseOf(text.slice(keyword.start, keyword.end), 'concurrently')
  const edits: readonly Edit[] = [
    { span: { start: keyword.end, end: keyword.end }, text: ` ${concurrently}` },
  ]
  const form = {
    title: 'Build the index concurrently',
    edits,
    name: tree.idxname,
    rows: tree.unique === true,
  }
  return runOutside(statement, context, form)
}
