import type { AlterTableCmd, AlterTableStmt, AlterTableType, ColumnDef, RangeVar } from '@pgsql/types'
import { constraintsIn } from './defined-constraints.js'
import { type LockMode, stronger } from './lock-mode.js'
import { RELATION_KINDS, type TakenLock } from './taken-lock.js'
import { nodeAs } from './tree.js'

/**
 * What ALTER TABLE and the statements that share its tree lock: the relation itself, as strongly as the strongest of the
 * commands asks for, and the tables that foreign keys refer to, partitions and parents. From `AlterTableGetLockLevel` of
 * PostgreSQL 18 and measured on 15 and 18.
 */
export function alterLock({ relation, cmds = [], objtype, missing_ok }: AlterTableStmt): TakenLock[] {
  const kind = RELATION_KINDS[objtype ?? 'OBJECT_TABLE']
  if (!relation || !kind) return []
  const commands = cmds.flatMap((node) => nodeAs(node, 'AlterTableCmd') ?? [])
  const mode = commands.map(modeOf).reduce<LockMode>(stronger, 'ACCESS SHARE')
  return [
    { relation, kind, mode, ...(missing_ok ? { onlyIfThere: true } : {}) },
    ...commands.flatMap((command) => othersOf(command, kind)),
  ]
}

function modeOf(command: AlterTableCmd): LockMode {
  const { subtype = 'AT_AddColumn', def } = command
  if (WEAK.has(subtype)) return 'SHARE UPDATE EXCLUSIVE'
  if (TRIGGERS.has(subtype)) return 'SHARE ROW EXCLUSIVE'
  if (subtype === 'AT_AddConstraint' && nodeAs(def, 'Constraint')?.contype === 'CONSTR_FOREIGN')
    return 'SHARE ROW EXCLUSIVE'
  if (subtype === 'AT_DetachPartition' && nodeAs(def, 'PartitionCmd')?.concurrent)
    return 'SHARE UPDATE EXCLUSIVE'
  if (OPTIONS.has(subtype) && !setsStrongOption(command)) return 'SHARE UPDATE EXCLUSIVE'
  return 'ACCESS EXCLUSIVE'
}

const WEAK: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_SetStatistics',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_ValidateConstraint',
  'AT_AttachPartition',
  'AT_DetachPartitionFinalize',
])

const TRIGGERS: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_EnableTrig',
  'AT_EnableAlwaysTrig',
  'AT_EnableReplicaTrig',
  'AT_EnableTrigAll',
  'AT_EnableTrigUser',
  'AT_DisableTrig',
  'AT_DisableTrigAll',
  'AT_DisableTrigUser',
])

const OPTIONS: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
])

/** The storage options that change how a relation is read or written at once; all others only tell the next who looks. */
const STRONG_OPTIONS = new Set([
  'autosummarize',
  'buffering',
  'check_option',
  'fastupdate',
  'gin_pending_list_limit',
  'pages_per_range',
  'security_barrier',
  'security_invoker',
  'user_catalog_table',
])

function setsStrongOption({ def }: AlterTableCmd): boolean {
  const options = nodeAs(def, 'List')?.items ?? []
  return options.some((each) => STRONG_OPTIONS.has(nodeAs(each, 'DefElem')?.defname?.toLowerCase() ?? ''))
}

function othersOf({ subtype, def }: AlterTableCmd, kind: TakenLock['kind']): TakenLock[] {
  const constraint = nodeAs(def, 'Constraint')
  const column = nodeAs(def, 'ColumnDef')
  const partition = nodeAs(def, 'PartitionCmd')
  if (subtype === 'AT_AddConstraint' && constraint) return referred([constraint.pktable])
  if (subtype === 'AT_AddColumn' && column) return referredBy(column)
  if (subtype === 'AT_AddInherit' || subtype === 'AT_DropInherit')
    return locks([nodeAs(def, 'RangeVar')], 'SHARE UPDATE EXCLUSIVE')
  if (!partition || subtype === 'AT_DetachPartitionFinalize') return []
  // Concurrently too: at its end, for a moment.
  return locks([partition.name], 'ACCESS EXCLUSIVE', kind)
}

/** The tables that a column's foreign keys refer to. */
export function referredBy(column: ColumnDef): TakenLock[] {
  return referred(constraintsIn(column.constraints).map(({ pktable }) => pktable))
}

/** Triggers are put on the table that a foreign key refers to. */
export function referred(tables: readonly (RangeVar | undefined)[]): TakenLock[] {
  return locks(tables, 'SHARE ROW EXCLUSIVE')
}

function locks(
  relations: readonly (RangeVar | undefined)[],
  mode: LockMode,
  kind: TakenLock['kind'] = 'table',
): TakenLock[] {
  return relations.flatMap((relation) => (relation ? [{ relation, kind, mode }] : []))
}
