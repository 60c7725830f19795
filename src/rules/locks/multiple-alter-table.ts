import type { AlterTableStmt, AlterTableType } from '@pgsql/types'
import type { Fix } from '../../model/finding.js'
import { alterCommands } from '../../sql/alter-commands.js'
import { lockOf } from '../../sql/lock-of.js'
import { positionOf } from '../../sql/position.js'
import { relationKey, showRelation } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Context, Rule, Seen } from '../rule.js'
import { LESSER_LOCK_LEVELS } from './lock-levels.js'

export const multipleAlterTable: Rule = {
  id: 'multiple-alter-table',
  group: 'locks',
  title: 'Several ALTER TABLE of one table that could be one',
  why: 'What reads or rewrites the table does it once for each statement, where one statement with several commands does it once for all; outside of a transaction each waits for its lock anew.',
  instead: `One statement:

\`\`\`sql
alter table orders
  add column total numeric,
  add column currency text;
\`\`\``,
  levels: LESSER_LOCK_LEVELS,
  examples: {
    bad: ['alter table orders add column total numeric; alter table orders add column currency text;'],
    good: [
      'alter table orders add column total numeric, add column currency text;',
      'alter table orders add constraint c check (total > 0) not valid; alter table orders validate constraint c;',
    ],
  },
  *check(statement, context) {
    const tree = mergeable(statement)
    if (!tree || context.known.isNew(tree.relation)) return
    const earlier = earlierOf(statement, tree, context)
    if (!earlier) return
    const { text } = context.file.file
    const line = positionOf(text, earlier.span).line
    const fix = fixOf(earlier, statement, context)
    yield {
      message: `ALTER TABLE ${showRelation(tree.relation)} could be part of the one on line ${line}.`,
      help: 'Give the commands of both in one statement, separated by commas.',
      ...(fix ? { fix } : {}),
    }
  },
}

function mergeable(statement: Seen): AlterTableStmt | undefined {
  const tree = treeAs(statement, 'AlterTableStmt')
  if (tree?.objtype !== 'OBJECT_TABLE' || statement.within !== 'file') return undefined
  return subtypes(tree).some((subtype) => ALONE.has(subtype)) ? undefined : tree
}

function subtypes(tree: AlterTableStmt): AlterTableType[] {
  return (tree.cmds ?? []).map((node) => nodeAs(node, 'AlterTableCmd')?.subtype ?? 'AT_AddColumn')
}

/** The grammar has them as the only command of a statement. */
const ALONE: ReadonlySet<AlterTableType> = new Set<AlterTableType>([
  'AT_AttachPartition',
  'AT_DetachPartition',
  'AT_DetachPartitionFinalize',
])

/** One before, with nothing but other ALTER TABLE between, that locks the table in the same way: together they would not lock it more. */
function earlierOf(statement: Seen, tree: AlterTableStmt, { file, index }: Context): Seen | undefined {
  const key = relationKey(tree.relation ?? {})
  const mode = lockOf(statement)[0]?.mode
  for (let at = index - 1; at >= Math.max(0, index - FARTHEST); at--) {
    const each = file.statements[at]
    const other = each && treeAs(each, 'AlterTableStmt')
    if (!each || !other) return undefined
    if (relationKey(other.relation ?? {}) !== key || !mergeable(each)) continue
    if (lockOf(each)[0]?.mode === mode && Boolean(other.missing_ok) === Boolean(tree.missing_ok)) return each
  }
  return undefined
}

const FARTHEST = 20

/** Only next to one another, and only commands that mean the same in any order. */
function fixOf(earlier: Seen, later: Seen, { file, index }: Context): Fix | undefined {
  const { text } = file.file
  const between = { start: earlier.span.end, end: later.span.start }
  const isNext =
    file.statements[index - 1] === earlier && !/--|\/\*/.test(text.slice(between.start, between.end))
  const commands = [earlier, later].map((each) => alterCommands(each, { text }))
  const columns = commands.flat().map(({ command }) => columnOf(command))
  const [first] = commands[1] ?? []
  const areFree = columns.every((name) => name !== undefined) && new Set(columns).size === columns.length
  const isFound = first !== undefined && first.span !== later.span
  if (!isNext || !areFree || !isFound || !isSameTable(earlier, later)) return undefined
  return {
    title: 'Make one statement of both',
    edits: [{ span: { start: earlier.span.end, end: first.span.start }, text: ',\n  ' }],
  }
}

function isSameTable(one: Seen, other: Seen): boolean {
  const [a, b] = [one, other].map((each) => treeAs(each, 'AlterTableStmt')?.relation)
  return a?.inh === b?.inh && a?.schemaname === b?.schemaname
}

/** The column of a command that is about nothing else: added without constraints, or set. */
function columnOf({
  subtype,
  name,
  def,
}: {
  readonly subtype?: AlterTableType
  readonly name?: string
  readonly def?: unknown
}): string | undefined {
  const column = nodeAs(def, 'ColumnDef')
  if (subtype === 'AT_AddColumn') return column?.constraints ? undefined : column?.colname
  return FREE.has(subtype ?? '') ? name : undefined
}

const FREE: ReadonlySet<string> = new Set([
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_SetStatistics',
  'AT_SetStorage',
])
