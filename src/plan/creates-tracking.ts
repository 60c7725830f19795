import type { Tracking } from '../model/target.js'
import type { Statement } from '../sql/open-parser.js'

/**
 * Whether a statement makes again what the tracking schema holds already, or replaces the comment by which our tables
 * are known. An unqualified name means `public` here: what a file's own `SET search_path` makes of it is not followed.
 */
export function createsTracking(statement: Statement, tracking: Tracking): boolean {
  const name = createdName(statement, tracking)
  if (!name) return false
  return (
    (name.schema ?? 'public') === tracking.schema &&
    (name.kind === 'table' ? [tracking.table, 'migration_history'] : OTHERS[name.kind]).includes(name.name)
  )
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
