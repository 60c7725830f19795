import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { isMadeBefore, keyIn } from '../is-made-again.js'
import type { Rule } from '../rule.js'

export const dropColumn: Rule = {
  id: 'drop-column',
  group: 'destructive',
  title: 'DROP COLUMN',
  why: 'The values can not be had back, and every query of a release still running that names the column fails at once. Indexes and constraints that use the column go with it, in silence. The statement is quick; the space comes back only as rows are rewritten.',
  instead:
    'Take the column out of the code first (of `INSERT` and of models that list all columns too), deploy that, and drop it in a later release.',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter table orders drop column note;', 'alter type address drop attribute zip;'],
    good: [
      'create table orders (id int, note text); alter table orders drop column note;',
      'alter table orders add column tmp int; alter table orders drop column tmp;',
    ],
  },
  *check(statement, context) {
    const { known, file } = context
    for (const { relation, command, span, objectType } of alterCommands(statement, file.file)) {
      const { subtype, name = '' } = command
      if (subtype !== 'AT_DropColumn' || !LOSING.has(objectType) || known.isNew(relation)) continue
      if (known.relation(relation)?.columns.get(name)?.made.isNew) continue
      if (isMadeBefore(context, `column:${keyIn(relation, name)}`)) continue
      const what = objectType === 'OBJECT_TYPE' ? 'attribute' : 'column'
      yield {
        span,
        message: `This deletes the ${what} ${showName([name])} of ${showRelation(relation)} with all its values.`,
        help: 'Drop it one release after the code has stopped using it, and keep a backup of the values that may be missed.',
      }
    }
  },
}

/** A foreign table keeps its values elsewhere. */
const LOSING = new Set(['OBJECT_TABLE', 'OBJECT_TYPE'])
