import { showName } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const renameSchema: Rule = {
  id: 'rename-schema',
  group: 'destructive',
  title: 'A schema renamed',
  why: 'Every query and every function body that names something with the old schema fails at once, and a `search_path` that names it silently skips it.',
  instead:
    'Create the new schema, move things one by one (`SET SCHEMA`) with views left behind under the old names, and drop the old schema when nothing uses it any more.',
  levels: { development: 'off', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter schema billing rename to payments;'],
    good: ['create schema billing; alter schema billing rename to payments;'],
  },
  *check(statement, { known }) {
    const { renameType, subname = '', newname = '' } = treeAs(statement, 'RenameStmt') ?? {}
    if (renameType !== 'OBJECT_SCHEMA' || known.schemas.get(subname)?.isNew) return
    yield {
      message: `The schema ${showName([subname])} becomes ${showName([newname])}, and all names in it that are written with the old one fail.`,
      help: `Make ${showName([newname])} beside it and move what is in ${showName([subname])} there, with views left behind.`,
    }
  },
}
