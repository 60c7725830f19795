import type { DropStmt, Node } from '@pgsql/types'
import type { Statement } from '../../sql/open-parser.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import type { KnownObject } from './known.js'

/** What a statement says it drops: whatever else is gone after it hung on that. */
export interface NamedDrops {
  has(object: KnownObject): boolean
  /** It does nothing else. */
  readonly only: boolean
}

/**
 * Undefined where nothing can be told from its tree: it runs code, or is not known.
 *
 * @param renamed what something is called now, and was when it was known
 */
export function namedDrops(
  statement: Statement | undefined,
  renamed: ReadonlyMap<string, string>,
): NamedDrops | undefined {
  if (!statement || RUNS_CODE.has(statement.node)) return undefined
  const drop = treeAs(statement, 'DropStmt')
  if (drop) return byDrop(drop, renamed)
  const commands = treeAs(statement, 'AlterTableStmt')?.cmds ?? []
  const all = commands.flatMap((node) => {
    const { subtype = '', name } = nodeAs(node, 'AlterTableCmd') ?? {}
    const type = DROPPED_BY[subtype]
    return type && name !== undefined ? [{ type, names: [name, renamed.get(name)] }] : []
  })
  return {
    has: ({ type, bare }) => all.some((one) => type.endsWith(one.type) && one.names.includes(bare)),
    only: false,
  }
}

const RUNS_CODE: ReadonlySet<string> = new Set(['DoStmt', 'CallStmt', 'SelectStmt', 'ExecuteStmt'])

const DROPPED_BY: Readonly<Record<string, string>> = {
  AT_DropColumn: 'column',
  AT_DropConstraint: 'constraint',
}

function byDrop({ objects = [], removeType }: DropStmt, renamed: ReadonlyMap<string, string>): NamedDrops {
  const wanted = typeOf(removeType)
  const names = objects.flatMap((object) => {
    const name = lastName(object)
    return name === undefined ? [] : [name, renamed.get(name)]
  })
  return { has: ({ type, bare }) => isOfType(type, wanted) && names.includes(bare), only: true }
}

/** `OBJECT_FOREIGN_TABLE` is `foreign table` in the words of `pg_identify_object`. */
function typeOf(kind = 'OBJECT_TABLE'): string {
  const words = kind.replace('OBJECT_', '').toLowerCase().replaceAll('_', ' ')
  return OTHER_WORDS[words] ?? words
}

const OTHER_WORDS: Readonly<Record<string, string>> = {
  matview: 'materialized view',
  domain: 'type',
  'statistic ext': 'statistics object',
}

function isOfType(type: string, wanted: string): boolean {
  return type === wanted || (wanted === 'routine' && ROUTINES.has(type))
}

const ROUTINES: ReadonlySet<string> = new Set(['function', 'procedure', 'aggregate'])

function lastName(object: Node): string | undefined {
  const list =
    nodeAs(object, 'List')?.items ??
    nodeAs(object, 'TypeName')?.names ??
    nodeAs(object, 'ObjectWithArgs')?.objname
  return list ? stringsOf(list).at(-1) : nodeAs(object, 'String')?.sval
}
