import type { CreateStmt, FuncCall, RangeVar } from '@pgsql/types'
import type { Statement } from '../sql/open-parser.js'
import { relationKey } from '../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../sql/tree.js'
import { serverVolatility } from '../sql/volatility.js'
import { walkTree } from '../sql/walk-tree.js'

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
 * server: what is there already may be a foreign table, or have triggers.
 */
export function openInside(): Inside {
  const made = new Set<string>()
  let mayHaveTriggers = false
  let holds = true
  const isInside = (statement: Statement) => {
    const { node, tree } = statement
    if (KEEPS.has(node)) return true
    if (DEFINES.has(node)) return callsTheServer(tree)
    const changes = CHANGES.has(node) && !mayHaveTriggers && isOfRows(tree)
    return changes && touchesOnly(made, tree) && callsTheServer(tree)
  }
  return {
    see(statement) {
      if (!holds) return
      const table = treeAs(statement, 'CreateStmt')
      if (table?.relation && isAllItsOwn(table)) made.add(relationKey(table.relation))
      mayHaveTriggers ||= givesTriggers(statement)
      holds = isInside(statement)
    },
    staysInside: () => holds,
  }
}

/** To the tables that the file makes, maybe: a partition gets those of its parent. */
function givesTriggers(statement: Statement): boolean {
  const commands = treeAs(statement, 'AlterTableStmt')?.cmds ?? []
  const attaches = commands.some((each) => nodeAs(each, 'AlterTableCmd')?.subtype === 'AT_AttachPartition')
  return attaches || statement.node === 'CreateTrigStmt' || statement.node === 'RuleStmt'
}

/** A partition has the triggers of its parent, and a table like another its defaults; one that is there already is any. */
function isAllItsOwn({ if_not_exists: isPerhaps, inhRelations = [], tableElts = [] }: CreateStmt): boolean {
  return !isPerhaps && inhRelations.length === 0 && !tableElts.some((each) => nodeAs(each, 'TableLikeClause'))
}

/** What may be run by it has to be the server's own. */
const DEFINES: ReadonlySet<string> = new Set([
  'AlterDefaultPrivilegesStmt',
  'AlterDomainStmt',
  'AlterEnumStmt',
  'AlterFunctionStmt',
  'AlterObjectSchemaStmt',
  'AlterOwnerStmt',
  'AlterSeqStmt',
  'AlterTableStmt',
  'CommentStmt',
  'CompositeTypeStmt',
  'CreateDomainStmt',
  'CreateEnumStmt',
  'CreateRangeStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
  'CreateStatsStmt',
  'CreateStmt',
  'DropStmt',
  'GrantStmt',
  'IndexStmt',
  'RenameStmt',
])

/** What they hold is only kept. How transactions are begun and ended in a file is judged elsewhere. */
const KEEPS: ReadonlySet<string> = new Set([
  'AlterPolicyStmt',
  'CreateFunctionStmt',
  'CreatePolicyStmt',
  'CreateTrigStmt',
  'RuleStmt',
  'TransactionStmt',
  'ViewStmt',
])

const CHANGES: ReadonlySet<string> = new Set(['CopyStmt', 'DeleteStmt', 'InsertStmt', 'UpdateStmt'])

/** A COPY reads the rows in the file; from or to other places it reaches out of the database. */
function isOfRows(tree: Statement['tree']): boolean {
  return tree.is_program === undefined && tree.filename === undefined
}

function touchesOnly(made: ReadonlySet<string>, tree: Statement['tree']): boolean {
  const target = tree.relation as RangeVar | undefined
  if (target === undefined || !made.has(relationKey(target))) return false
  for (const { node, tree: inner } of walkTree(tree))
    if (node === 'RangeVar' && !made.has(relationKey(inner as RangeVar))) return false
  return true
}

function callsTheServer(tree: Statement['tree']): boolean {
  for (const { node, tree: inner } of walkTree(tree))
    if (node === 'FuncCall' && !isOfServer(inner as FuncCall)) return false
  return true
}

function isOfServer({ funcname }: FuncCall): boolean {
  const [name = '', schema = 'pg_catalog'] = stringsOf(funcname).reverse()
  return schema === 'pg_catalog' && (HARMLESS.has(name) || serverVolatility(name) === 'stable')
}

/** Of the server, or of its usual extensions, and not the same each time; but they only give a value. */
const HARMLESS: ReadonlySet<string> = new Set([
  'array_agg',
  'bool_and',
  'bool_or',
  'clock_timestamp',
  'count',
  'currval',
  'gen_random_bytes',
  'gen_random_uuid',
  'generate_series',
  'json_agg',
  'jsonb_agg',
  'max',
  'min',
  'nextval',
  'random',
  'row_number',
  'string_agg',
  'sum',
  'unnest',
  'uuid_generate_v4',
])
