import { optionIsOn } from '../../sql/option-is-on.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'
import type { Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const vacuumFullOrCluster: Rule = {
  id: 'vacuum-full-or-cluster',
  group: 'locks',
  title: 'VACUUM FULL or CLUSTER',
  why: 'The table and its indexes are written anew under ACCESS EXCLUSIVE: nobody can read or write until it is done, and the disk needs room for a second copy.',
  instead: `Plain VACUUM makes the room usable again and stops nobody. To give it back to the disk while others work, use [pg_repack](https://reorg.github.io/pg_repack/), or from PostgreSQL 19 on:

\`\`\`sql
repack (concurrently) orders;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: ['vacuum full orders;', 'vacuum (full, analyze) orders;', 'cluster orders using orders_pkey;'],
    good: ['vacuum orders;', 'vacuum (full off, analyze) orders;', 'analyze orders;'],
  },
  *check(statement, { known, postgres }) {
    const rewritten = rewrittenBy(statement, known)
    if (!rewritten) return
    const { command, tables } = rewritten
    yield {
      message: `${command} writes ${tables} anew, and nobody can read or write there meanwhile.`,
      help:
        postgres >= 19
          ? 'Write REPACK (CONCURRENTLY), outside of a transaction.'
          : 'Use plain VACUUM, or pg_repack while others work.',
    }
  },
}

function rewrittenBy(
  statement: Seen,
  known: Known,
): { readonly command: string; readonly tables: string } | undefined {
  const vacuum = treeAs(statement, 'VacuumStmt')
  if (vacuum?.is_vacuumcmd && optionIsOn(vacuum.options, 'full')) {
    const named = (vacuum.rels ?? []).flatMap((each) => nodeAs(each, 'VacuumRelation')?.relation ?? [])
    const old = named.filter((relation) => !known.isNew(relation))
    if (named.length > 0 && old.length === 0) return undefined
    return {
      command: 'VACUUM FULL',
      tables: named.length > 0 ? showList(old.map(showRelation)) : 'every table',
    }
  }
  const cluster = treeAs(statement, 'ClusterStmt')
  if (!cluster || known.isNew(cluster.relation)) return undefined
  const tables = cluster.relation ? showRelation(cluster.relation) : 'every table that was clustered before'
  return { command: 'CLUSTER', tables }
}
