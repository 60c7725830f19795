import type { CopyStmt, InsertStmt, MergeWhenClause, Node, RangeVar } from '@pgsql/types'
import type { ReachedUse } from '../../model/reach.js'
import { nodeAs, stringsOf, treeAs } from '../tree.js'
import type { Visited } from '../walk-tree.js'
import { nameOf } from './name-of.js'

/** What a node itself writes, and which columns it leaves to their defaults; nothing for nodes that write nothing. */
export function writesOf(visited: Visited): readonly ReachedUse[] {
  const insert = treeAs(visited, 'InsertStmt')
  if (insert) return inserted(insert)
  const update = treeAs(visited, 'UpdateStmt')
  if (update) return use(update.relation, 'update', setToDefault(update.targetList))
  const removal = treeAs(visited, 'DeleteStmt')
  if (removal) return use(removal.relation, 'delete')
  const merge = treeAs(visited, 'MergeStmt')
  if (merge) return (merge.mergeWhenClauses ?? []).flatMap((clause) => merged(merge.relation, clause))
  const copy = treeAs(visited, 'CopyStmt')
  if (copy?.is_from === true) return use(copy.relation, 'insert', copied(copy))
  return (treeAs(visited, 'TruncateStmt')?.relations ?? []).flatMap((relation) =>
    use(nodeAs(relation, 'RangeVar'), 'truncate'),
  )
}

type Defaults = NonNullable<ReachedUse['defaults']>

function use(
  relation: RangeVar | undefined,
  does: ReachedUse['does'],
  defaults?: Defaults,
): readonly ReachedUse[] {
  return relation ? [{ relation: nameOf(relation), does, ...(defaults ? { defaults } : {}) }] : []
}

function inserted({
  relation,
  cols,
  selectStmt,
  override,
  onConflictClause,
}: InsertStmt): readonly ReachedUse[] {
  const rows = rowsOf(selectStmt)
  const columns = cols?.map((column) => nodeAs(column, 'ResTarget')?.name ?? '')
  const updates = onConflictClause?.action === 'ONCONFLICT_UPDATE'
  return [
    ...use(relation, 'insert', left(columns, rows, override)),
    ...(updates ? use(relation, 'update', setToDefault(onConflictClause.targetList)) : []),
  ]
}

/** What is given for each column, in every row. */
function rowsOf(select: Node | undefined): readonly (readonly unknown[])[] {
  const query = nodeAs(select, 'SelectStmt')
  if (query?.valuesLists) return query.valuesLists.map((row) => nodeAs(row, 'List')?.items ?? [])
  const targets = query?.targetList?.map((target) => nodeAs(target, 'ResTarget')?.val)
  return targets ? [targets] : [[]]
}

/** `OVERRIDING USER VALUE` has identity columns take their default, whatever is given. */
function left(
  columns: readonly string[] | undefined,
  rows: readonly (readonly unknown[])[],
  override: InsertStmt['override'],
): Defaults {
  if (override === 'OVERRIDING_USER_VALUE') return { but: [] }
  if (!columns) return { behind: Math.min(...rows.map(givenFirst)) }
  const open = new Set(rows.flatMap((row) => row.flatMap((value, at) => (isDefault(value) ? [at] : []))))
  return { but: columns.filter((_, at) => !open.has(at)) }
}

/** So many from the first on have a value; what `*` gives is not known. */
function givenFirst(row: readonly unknown[]): number {
  const at = row.findIndex((value) => isDefault(value) || isStar(value))
  return at === -1 ? row.length : at
}

function isDefault(value: unknown): boolean {
  return nodeAs(value, 'SetToDefault') !== undefined
}

function isStar(value: unknown): boolean {
  const last =
    nodeAs(value, 'ColumnRef')?.fields?.at(-1) ?? nodeAs(value, 'A_Indirection')?.indirection?.at(-1)
  return nodeAs(last, 'A_Star') !== undefined
}

/** `SET a = DEFAULT`; of several columns set at once all. */
function setToDefault(targets: readonly Node[] | undefined): Defaults {
  const set = (targets ?? []).map((target) => nodeAs(target, 'ResTarget'))
  const only = set.flatMap((target) => {
    const value = nodeAs(target?.val, 'MultiAssignRef')?.source ?? target?.val
    const values = nodeAs(value, 'RowExpr')?.args ?? [value]
    return values.some(isDefault) ? (target?.name ?? []) : []
  })
  return { only }
}

function merged(relation: RangeVar | undefined, node: Node): readonly ReachedUse[] {
  const clause: MergeWhenClause = nodeAs(node, 'MergeWhenClause') ?? {}
  const columns = clause.targetList?.map((target) => nodeAs(target, 'ResTarget')?.name ?? '')
  switch (clause.commandType) {
    case 'CMD_INSERT':
      return use(relation, 'insert', left(columns, [clause.values ?? []], clause.override))
    case 'CMD_UPDATE':
      return use(relation, 'update', setToDefault(clause.targetList))
    case 'CMD_DELETE':
      return use(relation, 'delete')
    default:
      return []
  }
}

/** Without names COPY reads all columns. `DEFAULT '…'` has some of what it reads mean the default. */
function copied({ attlist, options }: CopyStmt): Defaults {
  const isOpen = (options ?? []).some((option) => nodeAs(option, 'DefElem')?.defname === 'default')
  if (isOpen) return { but: [] }
  return attlist ? { but: stringsOf(attlist) } : { only: [] }
}
