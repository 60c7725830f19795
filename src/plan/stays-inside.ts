import type {
  AlterTableStmt,
  AlterTableType,
  ColumnDef,
  CopyStmt,
  CreateFunctionStmt,
  CreateStmt,
  IndexStmt,
  ObjectType,
  RangeVar,
  TransactionStmt,
} from '@pgsql/types'
import type { Statement } from '../sql/open-parser.js'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from '../sql/tree.js'
import { type Around, runsServerOnly, tableKey } from './runs-server-only.js'

/** What is known of a file's statements so far. */
export interface Inside {
  /** To be told of each statement in order. */
  see(statement: Statement): void
  staysInside(): boolean
}

/**
 * Finds out whether nothing of what a file does outlives its commit, should a crash of the server take that: then it can be
 * applied once more as if it had never been. Rows of a foreign table, what dblink does, a replication slot that is dropped
 * stay as they are. Only definitions stay inside, and rows of tables that the file itself makes, by functions of the
 * server: what is there already may be a foreign table, or have triggers. A statement that is not listed here does not.
 */
export function openInside(): Inside {
  const known: Known = { tables: new Set(), columns: new Set(), functions: new Set() }
  let holds = true
  return {
    see({ node, tree }) {
      holds &&= (JUDGES as Readonly<Record<string, Judge | undefined>>)[node]?.(tree as never, known) ?? false
    },
    staysInside: () => holds,
  }
}

interface Known extends Around {
  /** That the file makes, of which nothing is somebody else's. */
  readonly tables: Set<string>
  readonly columns: Set<string>
  readonly functions: Set<string>
  /** A table's name may mean another one than the file made, or that may have somebody's triggers by now. */
  areTablesUnsure?: true
  areNamesUnsure?: true
}

type Judge = (tree: never, known: Known) => boolean

/** Whether a statement stays inside, where those before it did. */
const JUDGES: { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>, known: Known) => boolean } = {
  AlterDefaultPrivilegesStmt: () => true,
  // What was there may be checked by anything.
  AlterDomainStmt: ({ subtype, def }, known) =>
    subtype !== 'V' && runsServerOnly({ def }, known) === 'server',
  AlterEnumStmt: () => true,
  AlterFunctionStmt: () => true,
  AlterObjectSchemaStmt: ({ objectType }, known) => renames(objectType, known),
  AlterOwnerStmt: ({ objectType }, known) => unsettles(known) && isPlainObject(objectType),
  AlterPolicyStmt: () => true,
  AlterSeqStmt: () => true,
  AlterTableStmt: altersTable,
  CommentStmt: () => true,
  CompositeTypeStmt: () => true,
  CopyStmt: (tree, known) => readsRows(tree) && changesOwn(tree, known),
  CreateDomainStmt: () => true,
  CreateEnumStmt: () => true,
  CreateFunctionStmt: makesFunction,
  CreatePolicyStmt: () => true,
  CreateSchemaStmt: ({ schemaElts = [] }) => schemaElts.length === 0,
  CreateSeqStmt: () => true,
  CreateStatsStmt: () => true,
  CreateStmt: makesTable,
  CreateTrigStmt: (_, known) => unsettles(known),
  DeleteStmt: changesOwn,
  DropStmt: ({ removeType }, known) => {
    known.tables.clear()
    return isPlainObject(removeType)
  },
  // Another schema may be looked into from then on.
  GrantStmt: ({ objtype }, known) => objtype !== 'OBJECT_SCHEMA' || renames(objtype, known),
  IndexStmt: isPlainIndex,
  InsertStmt: changesOwn,
  RenameStmt: ({ renameType }, known) => renames(renameType, known),
  RuleStmt: (_, known) => unsettles(known),
  TransactionStmt: ({ kind }) => CONTROLS.has(kind),
  UpdateStmt: changesOwn,
  // A name that is a temporary view's, say, is that before it is a table's.
  ViewStmt: (_, known) => unsettles(known),
}

/** Says of it that names may mean others: see `Known`. @returns true, as it only defines */
function unsettles(known: Known): true {
  known.areTablesUnsure = true
  return true
}

function renames(kind: ObjectType | undefined, known: Known): boolean {
  known.areNamesUnsure = true
  return unsettles(known) && isPlainObject(kind)
}

/** Extensions, servers, subscriptions and the like may have somebody told. */
function isPlainObject(kind: ObjectType | undefined): boolean {
  return kind !== undefined && OBJECTS.has(kind)
}

const OBJECTS: ReadonlySet<ObjectType> = new Set<ObjectType>([
  'OBJECT_AGGREGATE',
  'OBJECT_ATTRIBUTE',
  'OBJECT_COLUMN',
  'OBJECT_DOMAIN',
  'OBJECT_DOMCONSTRAINT',
  'OBJECT_FUNCTION',
  'OBJECT_INDEX',
  'OBJECT_MATVIEW',
  'OBJECT_POLICY',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_RULE',
  'OBJECT_SCHEMA',
  'OBJECT_SEQUENCE',
  'OBJECT_STATISTIC_EXT',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_TABLE',
  'OBJECT_TRIGGER',
  'OBJECT_TYPE',
  'OBJECT_VIEW',
])

/** How transactions are begun and ended in a file is judged elsewhere; after a ROLLBACK TO what was made is not. */
const CONTROLS: ReadonlySet<TransactionStmt['kind']> = new Set<TransactionStmt['kind']>([
  'TRANS_STMT_BEGIN',
  'TRANS_STMT_COMMIT',
  'TRANS_STMT_RELEASE',
  'TRANS_STMT_SAVEPOINT',
  'TRANS_STMT_START',
])

/** Other languages may run a part of a function where it is made. */
function makesFunction({ funcname, options = [] }: CreateFunctionStmt, { functions }: Known): boolean {
  const language = options.map((each) => nodeAs(each, 'DefElem')).find((each) => each?.defname === 'language')
  functions.add(stringsOf(funcname).at(-1) ?? '')
  return ['sql', 'plpgsql'].includes(nodeAs(language?.arg, 'String')?.sval ?? 'sql')
}

/** Others than the server's keep what they hold elsewhere. */
function isPlainIndex(
  { accessMethod = 'btree', indexParams, whereClause }: IndexStmt,
  known: Known,
): boolean {
  const isPlain = ['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'].includes(accessMethod)
  return isPlain && runsServerOnly({ indexParams, whereClause }, known) === 'server'
}

/** A new partition may have another's rows looked through, by an expression of somebody's. */
function makesTable(tree: CreateStmt, known: Known): boolean {
  const { relation, tableElts = [], ofTypename, partspec, accessMethod = 'heap', partbound } = tree
  const runs = runsServerOnly({ tableElts, ofTypename, partspec }, known)
  if (!relation || partbound || accessMethod !== 'heap' || runs === 'anything') return false
  if (runs === 'server' && isAllItsOwn(tree)) {
    known.tables.add(tableKey(relation))
    for (const each of tableElts) noteColumn(nodeAs(each, 'ColumnDef'), known)
  } else {
    known.tables.delete(tableKey(relation))
    // Without its schema a name is that of a temporary table first.
    if (relation.relpersistence === 't') unsettles(known)
  }
  return true
}

/** One that is there already is any, and one that inherits has what others have. */
function isAllItsOwn({ if_not_exists: isPerhaps, inhRelations = [] }: CreateStmt): boolean {
  return !isPerhaps && inhRelations.length === 0
}

function noteColumn(column: ColumnDef | undefined, { columns }: Known): void {
  if (column?.colname !== undefined) columns.add(column.colname)
}

/** One that is there already may refer to those that the file makes from then on, and is not to be written anew. */
function altersTable({ relation, cmds = [], objtype }: AlterTableStmt, known: Known): boolean {
  const isOwn = relation !== undefined && known.tables.has(tableKey(relation))
  if (!isOwn) unsettles(known)
  for (const { subtype, def } of cmds.flatMap((each) => nodeAs(each, 'AlterTableCmd') ?? [])) {
    if (!subtype || !(COMMANDS.has(subtype) || (isOwn && subtype === 'AT_AlterColumnType'))) return false
    if (UNSETTLING.has(subtype)) unsettles(known)
    if (isOwn) noteColumn(nodeAs(def, 'ColumnDef'), known)
  }
  const around: Around = isOwn ? known : { ...known, isFilled: true }
  return isPlainObject(objtype) && runsServerOnly({ cmds }, around) === 'server'
}

/** That neither write a table anew nor have anything that it already holds checked by what it already has. */
const COMMANDS: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_AddColumn',
  'AT_AddConstraint',
  'AT_ChangeOwner',
  'AT_ColumnDefault',
  'AT_DisableRowSecurity',
  'AT_DropColumn',
  'AT_DropConstraint',
  'AT_DropIdentity',
  'AT_DropNotNull',
  'AT_EnableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_ReplicaIdentity',
  'AT_SetNotNull',
  'AT_SetOptions',
  'AT_SetRelOptions',
  'AT_SetStatistics',
  'AT_SetStorage',
])

/** By policies somebody's functions are run for each row, and what was a column may be a function. */
const UNSETTLING: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_ChangeOwner',
  'AT_DropColumn',
  'AT_ForceRowSecurity',
])

function changesOwn(tree: { readonly relation?: RangeVar }, known: Known): boolean {
  const isOwn = tree.relation !== undefined && known.tables.has(tableKey(tree.relation))
  return isOwn && !known.areTablesUnsure && runsServerOnly(tree, known) === 'server'
}

/** A COPY reads the rows in the file; from or to other places it reaches out of the database. */
function readsRows({ is_program, filename }: CopyStmt): boolean {
  return is_program === undefined && filename === undefined
}
