import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { dropped } from './dropped.js'
import { isNewObject } from './is-new-object.js'

export const dropSchema: Rule = {
  id: 'drop-schema',
  group: 'destructive',
  title: 'DROP SCHEMA',
  why: 'Whatever looks for something in the schema fails from then on, and its grants and default privileges are lost. Without CASCADE the server refuses while anything is in it.',
  instead:
    'Move or drop what is in the schema first, in migrations that name each thing; take it out of every `search_path`; then drop it.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['drop schema billing;', 'drop schema if exists billing, archive;'],
    good: ['create schema scratch; drop schema scratch;', 'drop schema billing cascade;'],
  },
  *check(statement, { known }) {
    const drop = dropped(statement)
    if (drop?.type !== 'OBJECT_SCHEMA' || drop.cascade) return
    const names = drop.names.filter((parts) => !isNewObject(known, drop.type, parts)).map(showName)
    if (names.length === 0) return
    yield {
      message: `DROP SCHEMA removes ${showList(names)}.`,
      help: 'Make sure that no application, role setting or search_path names it any more.',
    }
  },
}
