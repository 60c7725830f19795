import type { Statement } from './open-parser.js'

/**
 * What a statement is, in words, where the server refuses it inside a transaction block (25001) whatever the database
 * holds; undefined for all others. From the callers of `PreventInTransactionBlock` in PostgreSQL 18 and tried on 15 and
 * 18.
 *
 * Not named, because only the database decides: DROP SUBSCRIPTION (with a slot), CLUSTER and REINDEX of a partitioned
 * table, CALL and DO that commit ({@link judgedByDatabase}). ALTER TABLE … DETACH PARTITION … FINALIZE and REFRESH MATERIALIZED VIEW CONCURRENTLY
 * may run in a transaction.
 */
export function needsNoTransaction(statement: Statement): string | undefined {
  return KINDS[statement.node]?.(statement.tree)
}

/**
 * What a statement is, in words, where only the database knows whether it can run in a transaction; undefined for those
 * that can, and for those of {@link needsNoTransaction}. A PL/pgSQL block can end a transaction only by COMMIT, ROLLBACK
 * or CALL in its own text.
 */
export function judgedByDatabase({ node, tree }: Statement): string | undefined {
  switch (node) {
    case 'CallStmt':
      return 'CALL'
    case 'DoStmt':
      return when(mayCommit(tree), 'DO with COMMIT, ROLLBACK or CALL')
    case 'DropSubscriptionStmt':
      return 'DROP SUBSCRIPTION'
    case 'ClusterStmt':
      return when(tree.relation !== undefined, 'CLUSTER')
    case 'ReindexStmt':
      return when(reindex(tree) === undefined, 'REINDEX')
    default:
      return undefined
  }
}

/** Whether a statement can keep a part of what it did when it fails. */
export function commitsByItself({ node, tree }: Statement): boolean {
  return node === 'CallStmt' || (node === 'DoStmt' && mayCommit(tree))
}

function mayCommit(tree: Tree): boolean {
  const language = String(optionOf(tree.args, 'language')?.sval ?? 'plpgsql').toLowerCase()
  return (
    language !== 'plpgsql' ||
    /\b(commit|rollback|call)\b/i.test(String(optionOf(tree.args, 'as')?.sval ?? 'call'))
  )
}

function optionOf(options: unknown, name: string): Tree | undefined {
  const given = ((options ?? []) as readonly Option[]).find(({ DefElem: option }) => option?.defname === name)
  return Object.values(given?.DefElem?.arg ?? {})[0]
}

type Tree = Statement['tree']

const KINDS: Readonly<Record<string, (tree: Tree) => string | undefined>> = {
  IndexStmt: (tree) => when(tree.concurrent === true, 'CREATE INDEX CONCURRENTLY'),
  DropStmt: (tree) => when(tree.concurrent === true, 'DROP INDEX CONCURRENTLY'),
  ReindexStmt: reindex,
  VacuumStmt: (tree) => when(tree.is_vacuumcmd === true, 'VACUUM'),
  ClusterStmt: (tree) => when(tree.relation === undefined, 'CLUSTER without a table'),
  AlterSystemStmt: () => 'ALTER SYSTEM',
  CreatedbStmt: () => 'CREATE DATABASE',
  DropdbStmt: () => 'DROP DATABASE',
  AlterDatabaseStmt: (tree) =>
    when(optionNames(tree.options).includes('tablespace'), 'ALTER DATABASE SET TABLESPACE'),
  CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
  DropTableSpaceStmt: () => 'DROP TABLESPACE',
  AlterTableStmt: (tree) => when(detachesConcurrently(tree), 'ALTER TABLE DETACH PARTITION CONCURRENTLY'),
  DiscardStmt: (tree) => when(tree.target === 'DISCARD_ALL', 'DISCARD ALL'),
  CreateSubscriptionStmt: (tree) => when(createsSlot(tree), 'CREATE SUBSCRIPTION with a replication slot'),
  AlterSubscriptionStmt: alterSubscription,
  TransactionStmt: (tree) => PREPARED[String(tree.kind)],
}

const PREPARED: Readonly<Record<string, string>> = {
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
}

function when(condition: boolean, words: string): string | undefined {
  return condition ? words : undefined
}

function reindex(tree: Tree): string | undefined {
  if (optionIs(tree.params, 'concurrently', false)) return 'REINDEX CONCURRENTLY'
  const kind = /^REINDEX_OBJECT_(DATABASE|SYSTEM|SCHEMA)$/.exec(String(tree.kind))?.[1]
  return kind ? `REINDEX ${kind}` : undefined
}

function detachesConcurrently(tree: Tree): boolean {
  const commands = (tree.cmds ?? []) as readonly {
    AlterTableCmd?: { subtype?: string; def?: { PartitionCmd?: { concurrent?: boolean } } }
  }[]
  return commands.some(
    ({ AlterTableCmd: command }) =>
      command?.subtype === 'AT_DetachPartition' && command.def?.PartitionCmd?.concurrent === true,
  )
}

// `create_slot` follows `connect` where it is not given.
function createsSlot(tree: Tree): boolean {
  return optionIs(tree.options, 'create_slot', optionIs(tree.options, 'connect', true))
}

function alterSubscription(tree: Tree): string | undefined {
  const kind = String(tree.kind).replace('ALTER_SUBSCRIPTION_', '')
  if (kind === 'REFRESH' || kind === 'REFRESH_PUBLICATION') return 'ALTER SUBSCRIPTION REFRESH PUBLICATION'
  if (kind === 'SET_PUBLICATION' || kind === 'ADD_PUBLICATION' || kind === 'DROP_PUBLICATION') {
    return when(
      optionIs(tree.options, 'refresh', true),
      `ALTER SUBSCRIPTION ${kind.replace('_', ' ')} with refresh`,
    )
  }
  if (kind !== 'OPTIONS') return undefined
  const slot = optionNames(tree.options).find((name) => name === 'failover' || disables(tree, name))
  return slot && `ALTER SUBSCRIPTION SET (${slot})`
}

// Turning it on may be rolled back, turning it off changes the slot on the other server.
function disables(tree: Tree, name: string): boolean {
  return name === 'two_phase' && !optionIs(tree.options, name, true)
}

interface Option {
  readonly DefElem?: { readonly defname?: string; readonly arg?: Readonly<Record<string, Tree>> }
}

function optionNames(options: unknown): string[] {
  return ((options ?? []) as readonly Option[]).map(({ DefElem: option }) => option?.defname ?? '')
}

// As the server reads a boolean option: without a value it is on. The last one given wins.
function optionIs(options: unknown, name: string, otherwise: boolean): boolean {
  const given = ((options ?? []) as readonly Option[]).findLast(
    ({ DefElem: option }) => option?.defname === name,
  )
  if (given === undefined) return otherwise
  const [value] = Object.values(given.DefElem?.arg ?? {})
  if (value === undefined) return true
  const word = String(value.sval ?? value.ival ?? value.boolval ?? 0).toLowerCase()
  return word === 'true' || word === 'on' || word === '1'
}
