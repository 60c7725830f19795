import type { Tracking } from '../model/target.js'
import type { Statement } from '../sql/open-parser.js'

/**
 * Whether a statement creates what the tracking schema holds already. An unqualified name means `public` here: what a
 * file's own `SET search_path` makes of it is not followed.
 */
export function createsTracking(statement: Statement, tracking: Tracking): boolean {
  const name = createdName(statement)
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

interface RangeVar {
  readonly schemaname?: string
  readonly relname?: string
}

function createdName({ node, tree }: Statement): CreatedName | undefined {
  if (node === 'CreateStmt') return ofRelation('table', tree.relation as RangeVar)
  if (node === 'ViewStmt') return ofRelation('view', tree.view as RangeVar)
  if (node !== 'CreateFunctionStmt') return undefined
  const parts = (tree.funcname as { String?: { sval?: string } }[]).map((part) => part.String?.sval ?? '')
  return { kind: 'function', schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' }
}

function ofRelation(kind: 'table' | 'view', relation: RangeVar): CreatedName {
  return { kind, schema: relation.schemaname, name: relation.relname ?? '' }
}
