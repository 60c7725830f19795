import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'
import type { Known } from '../known/known.js'
import { relationsRead } from '../known/relations-read.js'
import type { Seen } from '../rule.js'

/**
 * What a statement is, in words, where it may take longer than an entry in the catalog: it reads or writes rows that were
 * there before the judged files, or calls what nobody knows. Undefined for all others; ALTER TABLE is never one of them.
 */
export function takesTime(statement: Seen, known: Known): string | undefined {
  const word = WORDS[statement.node]
  if (word === undefined) return undefined
  if (ALWAYS.has(statement.node)) return word
  const insert = treeAs(statement, 'InsertStmt')
  if (insert && nodeAs(insert.selectStmt, 'SelectStmt')?.valuesLists) return undefined
  if (treeAs(statement, 'CreateTableAsStmt')?.into?.skipData) return undefined
  if (treeAs(statement, 'RefreshMatViewStmt')?.skipData) return undefined
  const vacuum = treeAs(statement, 'VacuumStmt')
  if (vacuum) return vacuum.is_vacuumcmd ? undefined : word
  return readsOldRows(statement, known) || callsSomething(statement) ? word : undefined
}

const WORDS: Readonly<Record<string, string>> = {
  SelectStmt: 'SELECT',
  InsertStmt: 'INSERT … SELECT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
  CopyStmt: 'COPY',
  CreateTableAsStmt: 'CREATE … AS',
  IndexStmt: 'CREATE INDEX',
  ReindexStmt: 'REINDEX',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  VacuumStmt: 'ANALYZE',
  ClusterStmt: 'CLUSTER',
  CallStmt: 'CALL',
}

const ALWAYS = new Set(['CopyStmt', 'CallStmt'])

function readsOldRows({ node, tree }: Seen, known: Known): boolean {
  const own = new Set<string>()
  for (const each of walkTree(tree))
    if (each.node === 'CommonTableExpr')
      own.add(`public.${nodeAs({ [each.node]: each.tree }, 'CommonTableExpr')?.ctename}`)
  const target = (tree as { readonly relation?: object }).relation
  const isMade = node === 'CreateTableAsStmt'
  const made = isMade ? relationsRead({ into: treeAs({ node, tree }, 'CreateTableAsStmt')?.into }) : []
  return relationsRead([tree, ...(target ? [{ RangeVar: target }] : [])]).some(
    (key) => !own.has(key) && !made.includes(key) && !SYSTEM.test(key) && !known.relations.get(key)?.isNew,
  )
}

const SYSTEM = /^(pg_catalog|information_schema)\.|^public\.pg_/

function callsSomething({ node, tree }: Seen): boolean {
  if (node !== 'SelectStmt') return false
  for (const each of walkTree(tree)) {
    const call = nodeAs({ [each.node]: each.tree }, 'FuncCall')
    if (call && !QUICK.has(stringsOf(call.funcname).at(-1) ?? '')) return true
  }
  return false
}

/** That set something or ask for what is at hand. */
const QUICK = new Set([
  'coalesce',
  'current_setting',
  'format',
  'now',
  'nextval',
  'pg_advisory_xact_lock',
  'pg_notify',
  'quote_ident',
  'quote_literal',
  'set_config',
  'setval',
  'to_regclass',
  'version',
])
