import type { CreateStmt, DropStmt, Node, ObjectType, RangeVar, RenameStmt } from '@pgsql/types'
import { alterLock, referred, referredBy } from './alter-lock.js'
import { LOCK_MODES, type LockMode } from './lock-mode.js'
import { optionIsOn } from './option-is-on.js'
import { relationKey } from './relation-name.js'
import { RELATION_KINDS, type TakenLock } from './taken-lock.js'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from './tree.js'

/**
 * The strongest lock that a statement takes on each relation it names, until the end of its transaction. Measured on
 * PostgreSQL 15 and 18.
 *
 * What only the catalog knows is not in it: the table of an index that is dropped or rebuilt, the other end of a foreign
 * key that is dropped, children, what CASCADE takes along. Nor are relations that a query only reads, except of a plain
 * SELECT.
 */
export function lockOf({ node, tree }: { readonly node: string; readonly tree: object }): TakenLock[] {
  return TAKERS[node as NodeKind]?.(tree as never) ?? []
}

const TAKERS: { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>) => TakenLock[] } = {
  AlterTableStmt: alterLock,
  RenameStmt: rename,
  AlterObjectSchemaStmt: ({ relation, objectType, missing_ok }) =>
    onRelation(relation, RELATION_KINDS[objectType ?? ''], 'ACCESS EXCLUSIVE', missing_ok),
  IndexStmt: ({ relation, concurrent }) => on([relation], concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
  DropStmt: drop,
  TruncateStmt: ({ relations }) => on(rangeVars(relations), 'ACCESS EXCLUSIVE'),
  ReindexStmt({ relation, kind, params }) {
    const concurrently = optionIsOn(params, 'concurrently')
    if (kind === 'REINDEX_OBJECT_INDEX')
      return on([relation], concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE', 'index')
    return on([relation], concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE')
  },
  RefreshMatViewStmt: ({ relation, concurrent }) =>
    on([relation], concurrent ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE', 'matview'),
  VacuumStmt({ rels = [], options, is_vacuumcmd }) {
    const full = is_vacuumcmd && optionIsOn(options, 'full')
    const relations = rels.map((each) => nodeAs(each, 'VacuumRelation')?.relation)
    return on(relations, full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE')
  },
  ClusterStmt: ({ relation }) => on([relation], 'ACCESS EXCLUSIVE'),
  CreateTrigStmt: ({ relation }) => on([relation], 'SHARE ROW EXCLUSIVE'),
  RuleStmt: ({ relation }) => on([relation], 'ACCESS EXCLUSIVE'),
  ViewStmt: ({ view, replace }) => (replace ? onRelation(view, 'view', 'ACCESS EXCLUSIVE', true) : []),
  CreatePolicyStmt: ({ table }) => on([table], 'ACCESS EXCLUSIVE'),
  AlterPolicyStmt: ({ table }) => on([table], 'ACCESS EXCLUSIVE'),
  LockStmt: ({ relations, mode = 8 }) => on(rangeVars(relations), LOCK_MODES[mode - 1] ?? 'ACCESS EXCLUSIVE'),
  CreateStmt: create,
  CreateForeignTableStmt: ({ base }) => (base ? create(base) : []),
  CreateStatsStmt: ({ relations }) => on(rangeVars(relations), 'SHARE UPDATE EXCLUSIVE'),
  AlterSeqStmt: ({ sequence, missing_ok }) =>
    onRelation(sequence, 'sequence', 'SHARE ROW EXCLUSIVE', missing_ok),
  CommentStmt: ({ objtype, object }) => onNamed(objtype, object, 'SHARE UPDATE EXCLUSIVE'),
  SecLabelStmt: ({ objtype, object }) => onNamed(objtype, object, 'SHARE UPDATE EXCLUSIVE'),
  CreatePublicationStmt: ({ pubobjects }) => on(published(pubobjects), 'SHARE UPDATE EXCLUSIVE'),
  AlterPublicationStmt: ({ pubobjects }) => on(published(pubobjects), 'SHARE UPDATE EXCLUSIVE'),
  InsertStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
  UpdateStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
  DeleteStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
  MergeStmt: ({ relation }) => on([relation], 'ROW EXCLUSIVE'),
  CopyStmt: ({ relation, is_from }) => on([relation], is_from ? 'ROW EXCLUSIVE' : 'ACCESS SHARE'),
  SelectStmt: ({ fromClause, lockingClause }) =>
    on(rangeVars(fromClause), lockingClause ? 'ROW SHARE' : 'ACCESS SHARE'),
}

function on(
  relations: readonly (RangeVar | undefined)[],
  mode: LockMode,
  kind: TakenLock['kind'] = 'table',
): TakenLock[] {
  return relations.flatMap((relation) => (relation ? [{ relation, kind, mode }] : []))
}

function onRelation(
  relation: RangeVar | undefined,
  kind: TakenLock['kind'] | undefined,
  mode: LockMode,
  onlyIfThere: boolean | undefined,
): TakenLock[] {
  if (!relation || !kind) return []
  return [{ relation, kind, mode, ...(onlyIfThere ? { onlyIfThere } : {}) }]
}

function rangeVars(nodes: readonly Node[] | undefined): RangeVar[] {
  return (nodes ?? []).flatMap((node) => nodeAs(node, 'RangeVar') ?? [])
}

function published(objects: readonly Node[] | undefined): (RangeVar | undefined)[] {
  return (objects ?? []).map((node) => nodeAs(node, 'PublicationObjSpec')?.pubtable?.relation)
}

/** A name that ends with the name of what is on a table: a trigger, a column. */
const ON_TABLES: ReadonlySet<ObjectType> = new Set<ObjectType>([
  'OBJECT_COLUMN',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_RULE',
  'OBJECT_TABCONSTRAINT',
])

// The name of an index is changed without stopping anybody since PostgreSQL 12.
function rename({
  relation,
  renameType = 'OBJECT_TABLE',
  relationType,
  missing_ok,
}: RenameStmt): TakenLock[] {
  if (renameType === 'OBJECT_INDEX')
    return onRelation(relation, 'index', 'SHARE UPDATE EXCLUSIVE', missing_ok)
  const kind = ON_TABLES.has(renameType)
    ? (RELATION_KINDS[relationType ?? ''] ?? 'table')
    : RELATION_KINDS[renameType]
  return onRelation(relation, kind, 'ACCESS EXCLUSIVE', missing_ok)
}

function drop({ objects = [], removeType = 'OBJECT_TABLE', concurrent, missing_ok }: DropStmt): TakenLock[] {
  const mode = concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'
  return objects.flatMap((object) =>
    onNamed(removeType, object, mode).map((lock) => (missing_ok ? { ...lock, onlyIfThere: true } : lock)),
  )
}

function onNamed(type: ObjectType | undefined, object: Node | undefined, mode: LockMode): TakenLock[] {
  const names = stringsOf(nodeAs(object, 'List')?.items)
  const onTable = ON_TABLES.has(type ?? 'OBJECT_TABLE')
  const [relname, schemaname] = (onTable ? names.slice(0, -1) : names).toReversed()
  const kind = onTable ? 'table' : RELATION_KINDS[type ?? '']
  if (!kind || relname === undefined) return []
  return [{ relation: schemaname === undefined ? { relname } : { schemaname, relname }, kind, mode }]
}

function create({ relation, tableElts = [], constraints, inhRelations, partbound }: CreateStmt): TakenLock[] {
  const own = relationKey(relation ?? {})
  const references = [...tableElts, ...(constraints ?? [])].flatMap((element) => {
    const column = nodeAs(element, 'ColumnDef')
    return column ? referredBy(column) : referred([nodeAs(element, 'Constraint')?.pktable])
  })
  return [
    ...on(rangeVars(inhRelations), partbound ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
    ...references.filter(({ relation: other }) => relationKey(other) !== own),
  ]
}
