import type { InsertStmt } from '@pgsql/types'
import { relationKey, showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { JudgedFile, Rule } from '../rule.js'

export const insertSeedData: Rule = {
  id: 'insert-seed-data',
  group: 'data',
  title: 'Rows of constants into a table that was there before',
  why: 'Rows with fixed keys collide with rows that people have made meanwhile, and test or demo data lands in production. A migration runs once per environment, in all of them.',
  instead: `Keep test data in a seed script that production never runs. For rows that the code needs, say what is to happen where they exist:

\`\`\`sql
insert into currencies (code, name) values ('EUR', 'Euro') on conflict (code) do nothing;
\`\`\``,
  levels: { development: 'off', staging: 'off', production: 'notice' },
  examples: {
    bad: ["insert into customers (id, name) values (1, 'Test');"],
    good: [
      "create table currencies (code text); insert into currencies values ('EUR');",
      "insert into currencies (code) values ('EUR') on conflict do nothing;",
      'insert into archive select * from orders where id < 100;',
    ],
  },
  *check(statement, { known, file, index }) {
    const tree = treeAs(statement, 'InsertStmt')
    if (!tree?.relation || known.isNew(tree.relation) || known.relation(tree.relation)?.temporary) return
    if (!hasConstants(tree) || firstOf(file).get(relationKey(tree.relation)) !== index) return
    yield {
      message: `Rows of constants go into ${showRelation(tree.relation)}, in every environment that this migration runs in.`,
      help: 'Move test data to a seed script; for rows that the code needs, add ON CONFLICT DO NOTHING or DO UPDATE.',
    }
  },
}

function hasConstants({ selectStmt, onConflictClause }: InsertStmt): boolean {
  const select = nodeAs(selectStmt, 'SelectStmt')
  if (!select || onConflictClause) return false
  return select.valuesLists !== undefined || (select.fromClause === undefined && select.op === 'SETOP_NONE')
}

/** Where a file first fills a table so: a dump says it a million times. */
function firstOf(file: JudgedFile): ReadonlyMap<string, number> {
  const known = FIRST.get(file)
  if (known) return known
  const first = new Map<string, number>()
  for (const [index, statement] of file.statements.entries()) {
    const tree = statement.within === 'function' ? undefined : treeAs(statement, 'InsertStmt')
    if (!tree?.relation || !hasConstants(tree)) continue
    const key = relationKey(tree.relation)
    if (!first.has(key)) first.set(key, index)
  }
  FIRST.set(file, first)
  return first
}

const FIRST = new WeakMap<JudgedFile, ReadonlyMap<string, number>>()
