import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const setAccessMethod: Rule = {
  id: 'set-access-method',
  group: 'locks',
  title: 'ALTER TABLE … SET ACCESS METHOD',
  why: 'Another access method stores rows in another form, so the table and its indexes are written anew under ACCESS EXCLUSIVE.',
  instead:
    'Make a new table `USING` the other method, copy the rows in batches, and swap the names; or do it in a window in which nobody works.',
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: ['alter table events set access method columnar;'],
    good: ['create table events (id bigint) using columnar;'],
  },
  *check(statement, { known, file }) {
    for (const { command, relation, span } of alterCommands(statement, file.file)) {
      if (command.subtype !== 'AT_SetAccessMethod' || known.isNew(relation)) continue
      const method = command.name === undefined ? 'the default one' : showName([command.name])
      yield {
        message: `The change of access method to ${method} writes ${showRelation(relation)} anew, and nobody can read or write it meanwhile.`,
        help: 'Copy the rows in batches into a new table with that method and swap the names, or do it in a window in which nobody works.',
        span,
      }
    }
  },
}
