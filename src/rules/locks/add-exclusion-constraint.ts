import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { constraintsAddedToOldTables } from './added-constraints.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const addExclusionConstraint: Rule = {
  id: 'add-exclusion-constraint',
  group: 'locks',
  title: 'An EXCLUDE constraint on a table with rows',
  why: 'The index is built, and every row is compared with the others through it, under ACCESS EXCLUSIVE, which stops reads too: 6.6 seconds for a million small rows. PostgreSQL has neither `NOT VALID` nor `CONCURRENTLY` nor `USING INDEX` for it.',
  instead:
    'There is no way that stops nobody. Run it in a window without traffic; or make a new table with the constraint, copy the rows in batches while a trigger keeps both in step, and swap them.',
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: ['alter table booking add constraint booking_once exclude using gist (during with &&);'],
    good: ['create table booking (during tstzrange, exclude using gist (during with &&));'],
  },
  *check(statement, context) {
    for (const { constraint, table, span } of constraintsAddedToOldTables(
      statement,
      context,
      'CONSTR_EXCLUSION',
    )) {
      const what = constraint.conname === undefined ? 'an EXCLUDE constraint' : showName([constraint.conname])
      yield {
        span,
        message: `Adding ${what} to ${table} builds an index and compares all rows while nobody can read or write the table.`,
        help: 'There is no quick form of it: run it in a window without traffic, or move the rows to a new table that has it.',
      }
    }
  },
}
