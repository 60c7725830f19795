import type { ReindexStmt } from '@pgsql/types'
import type { Fix } from '../../model/finding.js'
import { inCaseOf, keywordIn } from '../../sql/keyword-in.js'
import { optionIsOn } from '../../sql/option-is-on.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'
import { partsOf } from '../known/state.js'
import type { Context, Rule, Seen } from '../rule.js'
import { isNewIndex } from './known-index.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { runOutside } from './run-outside.js'

export const reindexNotConcurrent: Rule = {
  id: 'reindex-not-concurrent',
  group: 'locks',
  title: 'REINDEX without CONCURRENTLY',
  why: 'REINDEX stops all writes to the table with a SHARE lock while each index is built again, and every query that plans with one of its indexes too, because those are locked ACCESS EXCLUSIVE.',
  instead: `Rebuild concurrently, outside of a transaction:

\`\`\`sql
reindex table concurrently orders;
\`\`\`

REINDEX SYSTEM has no such form; it is for a window in which nobody works.`,
  levels: LOCK_LEVELS,
  claims: ['rewrite', 'scan'],
  examples: {
    bad: [
      'reindex table orders;',
      'reindex index orders_pkey;',
      'reindex (concurrently false) table orders;',
    ],
    good: ['reindex table concurrently orders;', 'reindex (concurrently) index orders_pkey;'],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'ReindexStmt')
    if (!tree || optionIsOn(tree.params, 'concurrently') || isNew(tree, context.known)) return
    const kind = KINDS[tree.kind ?? ''] ?? 'TABLE'
    const fix = kind === 'SYSTEM' ? undefined : fixOf(statement, context, kind)
    const name = tree.relation ? showRelation(tree.relation) : showName(tree.name ? [tree.name] : [])
    yield {
      message: `REINDEX ${[kind, name].filter(Boolean).join(' ')} stops writes, and queries that use the indexes, while they are built again.`,
      help:
        kind === 'SYSTEM'
          ? 'The indexes of the system catalogs have no CONCURRENTLY: run it by hand while nobody works.'
          : `Write REINDEX ${kind} CONCURRENTLY, outside of a transaction.`,
      ...(fix ? { fix } : {}),
    }
  },
}

const KINDS: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_INDEX: 'INDEX',
  REINDEX_OBJECT_TABLE: 'TABLE',
  REINDEX_OBJECT_SCHEMA: 'SCHEMA',
  REINDEX_OBJECT_SYSTEM: 'SYSTEM',
  REINDEX_OBJECT_DATABASE: 'DATABASE',
}

function isNew({ kind, relation, name }: ReindexStmt, known: Known): boolean {
  if (kind === 'REINDEX_OBJECT_SCHEMA') return known.schemas.get(name ?? '')?.isNew ?? false
  if (!relation) return false
  return kind === 'REINDEX_OBJECT_INDEX' ? isNewIndex(known, partsOf(relation)) : known.isNew(relation)
}

function fixOf(statement: Seen, context: Context, kind: string): Fix | undefined {
  const { text } = context.file.file
  const keyword = keywordIn(text, statement.span, kind.toLowerCase())
  const options = treeAs(statement, 'ReindexStmt')?.params ?? []
  const hasOption = options.some((each) => nodeAs(each, 'DefElem')?.defname === 'concurrently')
  if (!keyword || hasOption) return undefined
  const concurrently = inCaseOf(text.slice(keyword.start, keyword.end), 'concurrently')
  const edits = [{ span: { start: keyword.end, end: keyword.end }, text: ` ${concurrently}` }]
  return runOutside(statement, context, { title: 'Rebuild the indexes concurrently', edits })
}
