import type {
  AlterTableCmd,
  AlterTableStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  CreateTableAsStmt,
  CreateTrigStmt,
  IndexStmt,
  Node,
  RangeVar,
  RenameStmt,
} from '@pgsql/types'
import type { Statement } from '../sql/open-parser.js'
import { showName, showRelation } from '../sql/relation-name.js'

/** What would undo a statement, as far as its text tells. */
export interface Reversal {
  /** Statements without semicolons, in the order in which they run. */
  readonly sql: readonly string[]
  /** What of it has no reverse, or one that nobody can tell from the text: clauses. */
  readonly lost: readonly string[]
}

/**
 * The reverse of one statement. What it destroyed is not in its text, and what may have been there before
 * (`IF NOT EXISTS`, `OR REPLACE`) is not taken away.
 */
export function reverseStatement({ node, tree }: Statement): Reversal {
  return KINDS[node]?.(tree) ?? lost('its text does not tell what was there before')
}

type Tree = Statement['tree']

const KINDS: Readonly<Record<string, (tree: Tree) => Reversal>> = {
  CreateStmt: (tree) => made(tree, `DROP TABLE ${relation(tree.relation)}`),
  CreateTableAsStmt: (tree) => reverseTableAs(tree as CreateTableAsStmt),
  IndexStmt: (tree) => reverseIndex(tree as IndexStmt),
  ViewStmt: (tree) => made(tree, `DROP VIEW ${relation(tree.view)}`),
  CreateSeqStmt: (tree) => made(tree, `DROP SEQUENCE ${relation(tree.sequence)}`),
  CreateSchemaStmt: (tree) => made(tree, `DROP SCHEMA ${showName([String(tree.schemaname ?? '')])}`),
  CreateEnumStmt: (tree) => made(tree, `DROP TYPE ${names(tree.typeName)}`),
  CreateRangeStmt: (tree) => made(tree, `DROP TYPE ${names(tree.typeName)}`),
  CompositeTypeStmt: (tree) => made(tree, `DROP TYPE ${relation(tree.typevar)}`),
  CreateDomainStmt: (tree) => made(tree, `DROP DOMAIN ${names(tree.domainname)}`),
  CreateExtensionStmt: (tree) => made(tree, `DROP EXTENSION ${showName([String(tree.extname ?? '')])}`),
  CreateFunctionStmt: (tree) => reverseFunction(tree as CreateFunctionStmt),
  CreateTrigStmt: (tree) => reverseTrigger(tree as CreateTrigStmt),
  CreatePolicyStmt: (tree) => reversePolicy(tree as CreatePolicyStmt),
  RenameStmt: (tree) => reverseRename(tree as RenameStmt),
  AlterTableStmt: (tree) => reverseTable(tree as AlterTableStmt),
}

/** A statement of psql or the transaction's own has nothing to be undone. */
export const NOTHING_TO_REVERSE: ReadonlySet<string> = new Set([
  'TransactionStmt',
  'VariableSetStmt',
  'SelectStmt',
])

function made(tree: Tree, sql: string): Reversal {
  if (tree.if_not_exists) return lost('with IF NOT EXISTS it may have been there before')
  if (tree.replace) return lost('with OR REPLACE there may have been another before')
  return { sql: [sql], lost: [] }
}

function lost(...clauses: string[]): Reversal {
  return { sql: [], lost: clauses }
}

function relation(of: unknown): string {
  return showRelation(of as RangeVar)
}

function names(of: unknown): string {
  return showName(
    ((of as Node[] | undefined) ?? []).map((each) => ('String' in each ? (each.String.sval ?? '') : '')),
  )
}

function reverseTableAs(tree: CreateTableAsStmt): Reversal {
  const kind = tree.objtype === 'OBJECT_MATVIEW' ? 'MATERIALIZED VIEW' : 'TABLE'
  return made({ ...tree }, `DROP ${kind} ${relation(tree.into?.rel)}`)
}

function reverseIndex(tree: IndexStmt): Reversal {
  if (!tree.idxname) return lost('the server chose its name')
  const schema = tree.relation?.schemaname
  const name = showName([...(schema ? [schema] : []), tree.idxname])
  return made({ ...tree }, `DROP INDEX ${tree.concurrent ? 'CONCURRENTLY ' : ''}${name}`)
}

/** Without arguments it goes where no other has the name. */
function reverseFunction(tree: CreateFunctionStmt): Reversal {
  return made({ ...tree }, `DROP ${tree.is_procedure ? 'PROCEDURE' : 'FUNCTION'} ${names(tree.funcname)}`)
}

function reverseTrigger(tree: CreateTrigStmt): Reversal {
  return made({ ...tree }, `DROP TRIGGER ${showName([tree.trigname ?? ''])} ON ${relation(tree.relation)}`)
}

function reversePolicy(tree: CreatePolicyStmt): Reversal {
  return made({ ...tree }, `DROP POLICY ${showName([tree.policy_name ?? ''])} ON ${relation(tree.table)}`)
}

const RENAMED: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'TABLE',
  OBJECT_INDEX: 'INDEX',
  OBJECT_VIEW: 'VIEW',
  OBJECT_MATVIEW: 'MATERIALIZED VIEW',
  OBJECT_SEQUENCE: 'SEQUENCE',
}

const RENAMED_PART: Readonly<Record<string, string>> = {
  OBJECT_COLUMN: 'COLUMN',
  OBJECT_TABCONSTRAINT: 'CONSTRAINT',
}

function reverseRename({ renameType, relation: of, subname = '', newname = '' }: RenameStmt): Reversal {
  const part = RENAMED_PART[renameType ?? '']
  if (part !== undefined)
    return {
      sql: [`ALTER TABLE ${relation(of)} RENAME ${part} ${showName([newname])} TO ${showName([subname])}`],
      lost: [],
    }
  const kind = RENAMED[renameType ?? '']
  if (kind === undefined || of?.relname === undefined)
    return lost('a rename of this kind is not turned round')
  const present = showName([...(of.schemaname ? [of.schemaname] : []), newname])
  return { sql: [`ALTER ${kind} ${present} RENAME TO ${showName([of.relname])}`], lost: [] }
}

function reverseTable({ relation: of, cmds = [], objtype }: AlterTableStmt): Reversal {
  if (objtype !== 'OBJECT_TABLE') return lost('its text does not tell what was there before')
  const each = cmds
    .toReversed()
    .map((cmd) =>
      'AlterTableCmd' in cmd ? reverseCommand(cmd.AlterTableCmd) : 'its text does not tell enough',
    )
  const table = relation(of)
  return {
    sql: each.flatMap((one) => (typeof one === 'string' ? [] : [`ALTER TABLE ${table} ${one.sql}`])),
    lost: each.filter((one) => typeof one === 'string'),
  }
}

const SWITCHES: Readonly<Record<string, string>> = {
  AT_EnableRowSecurity: 'DISABLE ROW LEVEL SECURITY',
  AT_DisableRowSecurity: 'ENABLE ROW LEVEL SECURITY',
  AT_ForceRowSecurity: 'NO FORCE ROW LEVEL SECURITY',
  AT_NoForceRowSecurity: 'FORCE ROW LEVEL SECURITY',
}

/** @returns why there is none, as a clause */
function reverseCommand({
  subtype = 'AT_AddColumn',
  name = '',
  def,
  missing_ok,
}: AlterTableCmd): { readonly sql: string } | string {
  const turned = SWITCHES[subtype]
  if (turned !== undefined) return { sql: turned }
  if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def)
    return missing_ok
      ? `the column ${def.ColumnDef.colname} may have been there before (IF NOT EXISTS)`
      : { sql: `DROP COLUMN ${showName([def.ColumnDef.colname ?? ''])}` }
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
    return def.Constraint.conname
      ? { sql: `DROP CONSTRAINT ${showName([def.Constraint.conname])}` }
      : 'the server chose the name of the constraint'
  if (subtype === 'AT_SetNotNull') return { sql: `ALTER COLUMN ${showName([name])} DROP NOT NULL` }
  if (subtype === 'AT_DropNotNull') return { sql: `ALTER COLUMN ${showName([name])} SET NOT NULL` }
  return `of ALTER TABLE … ${words(subtype)} the text does not tell what was there before`
}

/** `AT_AlterColumnType` as people say it. */
function words(subtype: string): string {
  return subtype
    .replace(/^AT_/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase()
}
