import type { RangeVar, RenameStmt } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { droppedTables } from '../../sql/dropped-names.js'
import { showName } from '../../sql/relation-name.js'
import { tokens } from '../../sql/split-list.js'
import { treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Rule, Seen } from '../rule.js'

export const tableWithoutSchema: Rule = {
  id: 'table-without-schema',
  group: 'design',
  title: 'A table named without its schema',
  why: 'Which table is meant depends on the `search_path` of the role that runs the migration, and that may differ between environments: a table is made in, or dropped from, another schema than the one meant.',
  instead: 'Write the schema: `public.orders`.',
  levels: everywhere('off'),
  examples: {
    bad: [
      'create table orders (id bigint);',
      'alter table orders add column name text;',
      'drop table orders;',
    ],
    good: ['create table public.orders (id bigint);', 'create temp table staged as select 1 as one;'],
  },
  *check(statement, context) {
    const { text } = context.file.file
    for (const { name, span } of namedTables(statement, text)) {
      if (context.known.named([name])?.temporary) continue
      yield {
        message: `The schema of table ${showName([name])} is left to the search_path.`,
        help: `Write the schema before it: public.${showName([name])}.`,
        span,
      }
    }
  },
}

interface Named {
  readonly name: string
  readonly span: Span
}

/** The tables that a statement makes, changes or drops, where their schema is not said. */
function namedTables(statement: Seen, text: string): Named[] {
  const dropped = droppedTables(statement, text)
    .filter(({ parts }) => parts.length === 1)
    .map(({ parts: [name = ''], span }) => ({ name, span }))
  const { relname: name, schemaname, relpersistence, location } = changedTable(statement) ?? {}
  if (name === undefined || schemaname !== undefined || relpersistence === 't') return dropped
  const start = statement.offsetOf(location)
  const [first] = tokens(text, { start, end: statement.span.end })
  return [{ name, span: { start, end: first?.end ?? start } }]
}

function changedTable(statement: Seen): RangeVar | undefined {
  const made = treeAs(statement, 'CreateStmt') ?? treeAs(statement, 'CreateForeignTableStmt')?.base
  if (made) return made.relation
  const as = treeAs(statement, 'CreateTableAsStmt')
  if (as?.objtype === 'OBJECT_TABLE') return as.into?.rel
  const altered = treeAs(statement, 'AlterTableStmt') ?? treeAs(statement, 'AlterObjectSchemaStmt')
  if (altered && kindOf(altered) === 'OBJECT_TABLE') return altered.relation
  const renamed = treeAs(statement, 'RenameStmt')
  if (renamed) return isOfTable(renamed) ? renamed.relation : undefined
  // In a block INTO names a variable.
  return statement.within === 'file' ? treeAs(statement, 'SelectStmt')?.intoClause?.rel : undefined
}

function isOfTable({ renameType, relationType }: RenameStmt): boolean {
  return (
    renameType === 'OBJECT_TABLE' || renameType === 'OBJECT_TABCONSTRAINT' || relationType === 'OBJECT_TABLE'
  )
}

function kindOf(tree: { readonly objtype?: string; readonly objectType?: string }): string | undefined {
  return tree.objtype ?? tree.objectType
}
