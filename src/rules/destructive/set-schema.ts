import type { AlterObjectSchemaStmt } from '@pgsql/types'
import { relationKey, showName } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { isMadeAgain } from '../is-made-again.js'
import { droppedName } from '../known/learn-drop.js'
import type { Rule } from '../rule.js'
import { isNewObject } from './is-new-object.js'

export const setSchema: Rule = {
  id: 'set-schema',
  group: 'destructive',
  title: 'SET SCHEMA',
  why: 'Queries and function bodies that name it with the old schema fail at once; those without a schema find it only where the new one is in their `search_path`.',
  instead: `Leave a view behind, in the same transaction, and drop it when nothing uses it any more:

\`\`\`sql
alter table orders set schema billing;
create view public.orders with (security_invoker = true) as select * from billing.orders;
\`\`\``,
  levels: { development: 'off', staging: 'warn', production: 'warn' },
  examples: {
    bad: ['alter table orders set schema billing;', 'alter function total(int) set schema billing;'],
    good: [
      'alter table orders set schema billing; create view public.orders as select * from billing.orders;',
      'create table orders (id int); alter table orders set schema billing;',
    ],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'AlterObjectSchemaStmt')
    if (!tree) return
    const parts = partsOf(tree)
    const isNew = tree.relation
      ? context.known.isNew(tree.relation)
      : isNewObject(context.known, tree.objectType ?? '', parts)
    if (isNew) return
    const left = tree.relation && isMadeAgain(context, `relation:${relationKey(tree.relation)}`)
    if (left && context.file.transactional) return
    const { newschema = '' } = tree
    yield {
      message: `${showName(parts)} moves to the schema ${showName([newschema])}, and what names it with the old one fails.`,
      help: tree.relation
        ? `Leave a view behind under the old name, in this file: CREATE VIEW ${showName(parts)} AS SELECT * FROM ${showName([newschema, parts.at(-1) ?? ''])};`
        : 'Make sure that nothing names it with the old schema, and that the new one is in every search_path that has to find it.',
    }
  },
}

function partsOf({ relation, object }: AlterObjectSchemaStmt): string[] {
  if (!relation) return object ? droppedName(object) : []
  return [relation.schemaname ?? [], relation.relname ?? ''].flat()
}
