import type { Reindexed, Trace, TracedObject } from '../model/trace.js'
import { quoteIdentifier } from '../sql/identifier.js'
import type { Statement } from '../sql/open-parser.js'

/** Where the catalog shows what became of a statement, for those that may run outside a transaction. */
export function traceOf({ node, tree }: Statement): Trace | undefined {
  switch (node) {
    case 'IndexStmt':
      return tree.concurrent === true ? builtIndex(tree) : undefined
    case 'DropStmt':
      return tree.concurrent === true ? droppedIndex(tree) : undefined
    case 'ReindexStmt':
      return reindexed(tree)
    case 'AlterTableStmt':
      return detached(tree)
    case 'TransactionStmt':
      return endedPrepared(tree)
    case 'AlterSubscriptionStmt':
      return REPEATABLE_SUBSCRIPTION.has(String(tree.kind)) ? { kind: 'repeatable' } : undefined
    default:
      return REPEATABLE.has(node) ? { kind: 'repeatable' } : object(node, tree)
  }
}

type Tree = Statement['tree']

const REPEATABLE = new Set([
  'VacuumStmt',
  'ClusterStmt',
  'AlterSystemStmt',
  'AlterDatabaseStmt',
  'DiscardStmt',
  'RefreshMatViewStmt',
])

const REPEATABLE_SUBSCRIPTION = new Set([
  'ALTER_SUBSCRIPTION_REFRESH',
  'ALTER_SUBSCRIPTION_REFRESH_PUBLICATION',
  'ALTER_SUBSCRIPTION_SET_PUBLICATION',
  'ALTER_SUBSCRIPTION_OPTIONS',
])

interface RangeVar {
  readonly schemaname?: string
  readonly relname?: string
}

function quoted({ schemaname, relname }: RangeVar): string {
  return `${schemaname ? `${quoteIdentifier(schemaname)}.` : ''}${quoteIdentifier(relname ?? '')}`
}

function builtIndex(tree: Tree): Trace {
  const relation = tree.relation as RangeVar
  const build = { kind: 'builds-index', table: quoted(relation) } as const
  if (typeof tree.idxname === 'string') return { ...build, index: tree.idxname }
  const columns = [...columnsOf(tree.indexParams), ...columnsOf(tree.indexIncludingParams)]
  const chosen = [relation.relname, ...columns, 'idx'].join('_')
  const isPlain = columns.every((column) => column !== '') && new Set(columns).size === columns.length
  return isPlain && Buffer.byteLength(chosen) <= LONGEST_CHOSEN ? { ...build, chosen } : build
}

/** Of longer names the server cuts parts off; a number may follow. */
const LONGEST_CHOSEN = 58

/** Empty for an expression, which has a name that only the server knows. */
function columnsOf(list: unknown): string[] {
  const elements = (list ?? []) as readonly { readonly IndexElem?: { readonly name?: string } }[]
  return elements.map(({ IndexElem }) => IndexElem?.name ?? '')
}

type Objects = readonly {
  readonly List?: { readonly items?: readonly { readonly String?: { readonly sval?: string } }[] }
}[]

function droppedIndex(tree: Tree): Trace {
  const [first] = tree.objects as Objects
  const parts = first?.List?.items?.map((item) => quoteIdentifier(item.String?.sval ?? '')) ?? []
  return { kind: 'drops-index', index: parts.join('.') }
}

interface Option {
  readonly DefElem?: { readonly defname?: string }
}

// Without CONCURRENTLY it leaves nothing; that the word may be given as `false` costs a look too many.
function reindexed(tree: Tree): Trace {
  const options = (tree.params ?? []) as readonly Option[]
  if (!options.some((option) => option.DefElem?.defname === 'concurrently')) return { kind: 'repeatable' }
  const what = REINDEXED[String(tree.kind)]
  if (what === undefined) return { kind: 'reindexes' }
  const name = tree.relation ? quoted(tree.relation as RangeVar) : String(tree.name ?? '')
  return { kind: 'reindexes', what, name }
}

const REINDEXED: Readonly<Record<string, Reindexed>> = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_DATABASE: 'database',
}

type Commands = readonly {
  readonly AlterTableCmd?: { readonly def?: { readonly PartitionCmd?: PartitionCommand } }
}[]

interface PartitionCommand {
  readonly name?: RangeVar
  readonly concurrent?: boolean
}

function detached(tree: Tree): Trace | undefined {
  const commands = (tree.cmds ?? []) as Commands
  const command = commands
    .map((each) => each.AlterTableCmd?.def?.PartitionCmd)
    .find((each) => each?.concurrent === true)
  return command?.name
    ? { kind: 'detaches', table: quoted(tree.relation as RangeVar), partition: quoted(command.name) }
    : undefined
}

function endedPrepared(tree: Tree): Trace | undefined {
  return tree.kind === 'TRANS_STMT_COMMIT_PREPARED' || tree.kind === 'TRANS_STMT_ROLLBACK_PREPARED'
    ? { kind: 'drops', what: 'prepared transaction', name: String(tree.gid) }
    : undefined
}

const OBJECTS: Readonly<Record<string, readonly ['creates' | 'drops', TracedObject, string]>> = {
  CreatedbStmt: ['creates', 'database', 'dbname'],
  DropdbStmt: ['drops', 'database', 'dbname'],
  CreateTableSpaceStmt: ['creates', 'tablespace', 'tablespacename'],
  DropTableSpaceStmt: ['drops', 'tablespace', 'tablespacename'],
  CreateSubscriptionStmt: ['creates', 'subscription', 'subname'],
  DropSubscriptionStmt: ['drops', 'subscription', 'subname'],
}

function object(node: string, tree: Tree): Trace | undefined {
  const [kind, what, field] = OBJECTS[node] ?? []
  return kind && what && field ? { kind, what, name: String(tree[field]) } : undefined
}
