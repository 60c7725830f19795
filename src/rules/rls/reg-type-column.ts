import { showName, showRelation } from '../../sql/relation-name.js'
import { typedColumns } from '../../sql/typed-columns.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const regTypeColumn: Rule = {
  id: 'reg-type-column',
  group: 'rls',
  title: 'A column of a `reg…` type',
  why: 'Such a column holds the number of an object in the catalog, and `pg_upgrade` refuses a database that has one: the upgrade to the next major version stops there.',
  instead:
    'Keep the name as `text` and cast it where it is used. `regclass`, `regrole` and `regtype` are kept by `pg_upgrade`.',
  levels: everywhere('warn'),
  examples: {
    bad: ['create table jobs (run regproc);'],
    good: ['create table jobs (run text, target regclass);'],
  },
  *check(statement, context) {
    for (const { type, name, relation, span } of typedColumns(statement, context.file.file.text)) {
      if (relation.relpersistence === 't' || !REFUSED.has(type)) continue
      yield {
        message: `Column ${showName([name])} of ${showRelation(relation)} is ${type}, which pg_upgrade refuses.`,
        help: 'Write text, and cast it where it is used.',
        span,
      }
    }
  },
}

/** As `pg_upgrade` lists them in `check_for_reg_data_type_usage`. */
const REFUSED: ReadonlySet<string> = new Set([
  'regcollation',
  'regconfig',
  'regdictionary',
  'regnamespace',
  'regoper',
  'regoperator',
  'regproc',
  'regprocedure',
])
