import type { Tracking } from '../model/target.js'
import type { Statement } from '../sql/open-parser.js'

/**
 * The statements of a file that make again what the tracking schema holds already, or replace the comment by which our
 * tables are known. A table counts when it has the columns of the custom runner's document. An unqualified name means
 * `public`, up to the first statement that sets the search path: from there on it is the file's own affair.
 *
 * @param pathIsKnown no statement before these sets the search path
 */
export function trackingStatements(
  statements: readonly Statement[],
  tracking: Tracking,
  pathIsKnown = true,
): readonly Statement[] {
  const setsPath = pathIsKnown ? statements.findIndex(setsSearchPath) : 0
  const known = setsPath < 0 ? statements.length : setsPath
  return statements.filter((statement, index) => createsTracking(statement, tracking, index < known))
}

/** Whether an unqualified name means another table after it. */
export function setsSearchPath({ node, tree }: Statement): boolean {
  return node === 'VariableSetStmt' && tree.name === 'search_path'
}

function createsTracking(statement: Statement, tracking: Tracking, pathIsKnown: boolean): boolean {
  const name = createdName(statement, tracking)
  if (!name || (name.schema === undefined && !pathIsKnown)) return false
  if ((name.schema ?? 'public') !== tracking.schema) return false
  if (name.kind !== 'table') return OTHERS[name.kind].includes(name.name)
  const columns =
    name.name === tracking.table ? ['version', 'checksum', 'status'] : ['version', 'action', 'executed_at']
  return (
    [tracking.table, 'migration_history'].includes(name.name) &&
    (statement.node !== 'CreateStmt' || has(statement, columns))
  )
}

function has({ tree }: Statement, columns: readonly string[]): boolean {
  const elements = (tree.tableElts ?? []) as readonly { readonly ColumnDef?: { readonly colname?: string } }[]
  const names = elements.map((element) => element.ColumnDef?.colname)
  return columns.every((column) => names.includes(column))
}

const OTHERS = { view: ['migration_status_view'], function: ['get_migration_status'] }

interface CreatedName {
  readonly kind: 'table' | 'view' | 'function'
  readonly schema: string | undefined
  readonly name: string
}

type NameParts = readonly { readonly String?: { readonly sval?: string } }[]

interface RangeVar {
  readonly schemaname?: string
  readonly relname?: string
}

function createdName({ node, tree }: Statement, tracking: Tracking): CreatedName | undefined {
  switch (node) {
    case 'CreateStmt':
      return ofRelation('table', tree.relation as RangeVar)
    case 'ViewStmt':
      return ofRelation('view', tree.view as RangeVar)
    case 'CreateFunctionStmt':
      return ofName('function', tree.funcname as NameParts)
    case 'CommentStmt':
      return tree.objtype === 'OBJECT_TABLE'
        ? ofName('table', (tree.object as { List: { items: NameParts } }).List.items)
        : undefined
    case 'IndexStmt':
      // Tables that were there have their indexes; where they were not, there is none yet.
      return tree.if_not_exists !== true && tracking.version !== 'absent'
        ? ofRelation('table', tree.relation as RangeVar)
        : undefined
    default:
      return undefined
  }
}

function ofName(kind: CreatedName['kind'], names: NameParts): CreatedName {
  const parts = names.map((part) => part.String?.sval ?? '')
  return { kind, schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' }
}

function ofRelation(kind: 'table' | 'view', relation: RangeVar): CreatedName {
  return { kind, schema: relation.schemaname, name: relation.relname ?? '' }
}
