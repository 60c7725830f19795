import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'
import { partsOf } from '../known/state.js'
import type { Hit, Rule, Seen } from '../rule.js'
import { isNewIndex } from './known-index.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const setTablespace: Rule = {
  id: 'set-tablespace',
  group: 'locks',
  title: 'SET TABLESPACE',
  why: 'Every block is copied to the other place under ACCESS EXCLUSIVE, and written to the WAL: nobody can read or write until the copy is done.',
  instead: `An index can move while others work:

\`\`\`sql
reindex (tablespace fast, concurrently) index orders_pkey;
\`\`\`

A table moves with [pg_repack](https://reorg.github.io/pg_repack/), or in a window in which nobody works.`,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: [
      'alter table orders set tablespace fast;',
      'alter index orders_pkey set tablespace fast;',
      'alter table all in tablespace slow set tablespace fast;',
    ],
    good: [
      'create table t (a int) tablespace fast;',
      'reindex (tablespace fast, concurrently) index orders_pkey;',
    ],
  },
  *check(statement, { known, file }) {
    yield* moveAll(statement)
    for (const { command, relation, objectType, span } of alterCommands(statement, file.file)) {
      const isIndex = objectType === 'OBJECT_INDEX'
      if (command.subtype !== 'AT_SetTableSpace' || isNew(known, isIndex, partsOf(relation))) continue
      yield {
        message: `${showRelation(relation)} is copied to tablespace ${showName([command.name ?? ''])}, and nobody can use it meanwhile.`,
        help: isIndex
          ? 'Write REINDEX (TABLESPACE …, CONCURRENTLY) INDEX, outside of a transaction.'
          : 'Move it with pg_repack, or in a window in which nobody works.',
        span,
      }
    }
  },
}

function* moveAll(statement: Seen): Generator<Hit> {
  const tree = treeAs(statement, 'AlterTableMoveAllStmt')
  if (!tree) return
  const [from, to] = [tree.orig_tablespacename ?? '', tree.new_tablespacename ?? '']
  yield {
    message: `All that is in tablespace ${showName([from])} is copied to ${showName([to])}, locked against everybody until the last is done.`,
    help: 'Move one at a time, each in a migration of its own, in a window in which nobody works.',
  }
}

function isNew(known: Known, isIndex: boolean, parts: readonly string[]): boolean {
  return isIndex ? isNewIndex(known, parts) : known.isNew(parts)
}
