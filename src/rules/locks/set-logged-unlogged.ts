import { showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { commandsOnOldTables } from './old-tables.js'

export const setLoggedUnlogged: Rule = {
  id: 'set-logged-unlogged',
  group: 'locks',
  title: 'ALTER TABLE … SET LOGGED or SET UNLOGGED',
  why: 'The table and its indexes are written anew under ACCESS EXCLUSIVE: 2.5 s for 1,000,000 rows of a small table. SET LOGGED writes all of it to the WAL too, for every replica to take. An unlogged table is empty after a crash, and can not be read on replicas.',
  instead:
    'Make a new table of the other kind, copy the rows in batches, and swap the names; or do it in a window in which nobody works.',
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: ['alter table events set unlogged;', 'alter table events set logged;'],
    good: [
      'create unlogged table events (id bigint);',
      'create table t (a int); alter table t set unlogged;',
    ],
  },
  *check(statement, context) {
    for (const { command, relation, span } of commandsOnOldTables(statement, context)) {
      const kind = KINDS[command.subtype ?? '']
      if (kind === undefined) continue
      yield {
        message: `SET ${kind} writes ${showRelation(relation)} anew, and nobody can read or write it meanwhile.`,
        help: 'Copy the rows in batches into a new table and swap the names, or do it in a window in which nobody works.',
        span,
      }
    }
  },
}

const KINDS: Readonly<Record<string, string>> = { AT_SetLogged: 'LOGGED', AT_SetUnLogged: 'UNLOGGED' }
