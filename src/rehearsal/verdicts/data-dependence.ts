import type { AlterTableCmd, Constraint } from '@pgsql/types'
import { alterCommands } from '../../sql/alter-commands.js'
import { constraintsIn } from '../../sql/defined-constraints.js'
import { nodeAs, treeAs } from '../../sql/tree.js'

/** A way in which rows decide whether a statement passes, with the SQLSTATEs of those that do not. */
export type Dependence =
  | 'not-null'
  | 'unique'
  | 'check'
  | 'foreign-key'
  | 'exclusion'
  | 'type'
  | 'written-rows'

interface ReadStatement {
  readonly node: string
  readonly tree: object
  readonly span: { readonly start: number; readonly end: number }
}

/** What about the rows of tables that are there already decides whether the statement passes. */
export function dataDependence(statement: ReadStatement, text: string): Dependence[] {
  if (WRITERS.has(statement.node)) return ['written-rows']
  if (treeAs(statement, 'IndexStmt')?.unique) return ['unique']
  const domain = treeAs(statement, 'AlterDomainStmt')
  if (domain) return DOMAINS[domain.subtype ?? ''] ?? []
  return alterCommands(statement, { text }).flatMap(({ command }) => ofCommand(command))
}

const WRITERS = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CopyStmt'])

/** By `AlterDomainStmt.subtype`: ADD CONSTRAINT, VALIDATE CONSTRAINT, SET NOT NULL. */
const DOMAINS: Readonly<Record<string, Dependence[]>> = {
  C: ['check'],
  V: ['check'],
  O: ['not-null'],
}

function ofCommand({ subtype, def }: AlterTableCmd): Dependence[] {
  switch (subtype) {
    case 'AT_SetNotNull':
      return ['not-null']
    case 'AT_AlterColumnType':
      return ['type']
    case 'AT_ValidateConstraint':
      return ['check', 'foreign-key']
    case 'AT_AttachPartition':
      return ['check']
    case 'AT_AddConstraint':
      return ofConstraint(nodeAs(def, 'Constraint'))
    case 'AT_AddColumn':
      return ofColumn(constraintsIn(nodeAs(def, 'ColumnDef')?.constraints))
    default:
      return []
  }
}

function ofConstraint(constraint: Constraint | undefined): Dependence[] {
  const { contype = '', skip_validation, indexname } = constraint ?? {}
  if (skip_validation) return []
  if (contype === 'CONSTR_PRIMARY') return indexname === undefined ? ['not-null', 'unique'] : ['not-null']
  if (contype === 'CONSTR_UNIQUE' && indexname !== undefined) return []
  return KINDS[contype] ?? []
}

const KINDS: Readonly<Record<string, Dependence[]>> = {
  CONSTR_NOTNULL: ['not-null'],
  CONSTR_UNIQUE: ['unique'],
  CONSTR_CHECK: ['check'],
  CONSTR_FOREIGN: ['foreign-key'],
  CONSTR_EXCLUSION: ['exclusion'],
}

/** Rows get its default, the same in each, or nothing. */
function ofColumn(constraints: readonly Constraint[]): Dependence[] {
  const has = (kind: string) => constraints.some(({ contype }) => contype === kind)
  const isFilled = has('CONSTR_DEFAULT') || has('CONSTR_GENERATED') || has('CONSTR_IDENTITY')
  const mustBeFilled = has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY')
  if (!isFilled) return mustBeFilled ? ['not-null'] : []
  return constraints.flatMap((each) => ofConstraint(each)).filter((each) => each !== 'not-null')
}
