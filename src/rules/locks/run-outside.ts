import type { Node } from '@pgsql/types'
import type { Edit, Fix } from '../../model/finding.js'
import { needsNoTransaction } from '../../sql/classify.js'
import { removeStatement } from '../../sql/remove-statement.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Context, Seen } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'

/** A statement in a form that runs outside of a transaction only. */
export interface OutsideForm {
  /** In the imperative: `Build the index concurrently`. */
  readonly title: string
  /** That give the form, within the statement. */
  readonly edits: readonly Edit[]
  /** The name of what it makes or takes away: a later statement that knows it must not come first. */
  readonly name?: string | undefined
  /** Later changes of rows may rest on it: a unique index refuses them, or lets them happen. */
  readonly rows?: boolean
}

/**
 * The fix that writes the form: at its place where the file loses nothing by running statement by statement, and
 * else in a migration of its own, so that the other statements keep their one transaction. None where something later
 * in the file rests on it.
 */
export function runOutside(statement: Seen, context: Context, form: OutsideForm): Fix | undefined {
  if (statement.within !== 'file') return undefined
  if (losesNothing(context)) return { title: form.title, edits: form.edits }
  const { text } = context.file.file
  const isStrange = transactionsOf(context.file)[context.index]?.of === 'statement'
  if (isStrange || text.length > LONGEST || isNeededLater(context, form)) return undefined
  return {
    title: `${form.title}, in a migration of its own`,
    edits: [removeStatement(text, statement.span)],
    next: `${edited(text, statement, form.edits)};`,
  }
}

/** Characters of a file that is searched for what rests on a statement, which may be one of thousands. */
const LONGEST = 200_000

/** Whether the file runs outside of a transaction already, or each of its statements could. */
export function losesNothing(context: Context): boolean {
  const { file, index } = context
  if (!file.transactional) return transactionsOf(file)[index]?.of === 'statement'
  const known = LOSES.get(file)
  if (known !== undefined) return known
  const loses = file.statements.every((each) => each.within !== 'file' || standsAlone(each))
  LOSES.set(file, loses)
  return loses
}

// A file may have thousands of indexes.
const LOSES = new WeakMap<Context['file'], boolean>()

function standsAlone(statement: Seen): boolean {
  if (needsNoTransaction({ ...statement, tree: statement.tree as Readonly<Record<string, unknown>> }))
    return true
  const set = treeAs(statement, 'VariableSetStmt')
  if (set) return !set.is_local
  return hasOutsideForm(statement)
}

function hasOutsideForm(statement: Seen): boolean {
  const commands = treeAs(statement, 'AlterTableStmt')?.cmds ?? []
  return (
    statement.node === 'IndexStmt' ||
    statement.node === 'ReindexStmt' ||
    treeAs(statement, 'DropStmt')?.removeType === 'OBJECT_INDEX' ||
    (commands.length === 1 && isDetachOrIndex(commands[0]))
  )
}

function isDetachOrIndex(node: Node | undefined): boolean {
  const command = nodeAs(node, 'AlterTableCmd')
  if (command?.subtype === 'AT_DetachPartition') return true
  const { contype = '', indexname } = nodeAs(command?.def, 'Constraint') ?? {}
  return INDEXED.has(contype) && indexname === undefined
}

const INDEXED = new Set(['CONSTR_UNIQUE', 'CONSTR_PRIMARY'])

function isNeededLater({ file, index }: Context, { name, rows = false }: OutsideForm): boolean {
  const changesRows = ({ node, within }: Seen) => within !== 'function' && ROWS.has(node)
  if (rows && file.statements.some((each, at) => at > index && changesRows(each))) return true
  const end = file.statements[index]?.span.end ?? 0
  return name !== undefined && isNamedIn(file.file.text.slice(end), name)
}

function isNamedIn(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'i').test(text)
}

const ROWS = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CopyStmt',
  'DoStmt',
  'SelectStmt',
  'CallStmt',
])

function edited(text: string, { span }: Seen, edits: readonly Edit[]): string {
  let at = span.start
  let form = ''
  for (const edit of edits) {
    form += text.slice(at, edit.span.start) + edit.text
    at = edit.span.end
  }
  return form + text.slice(at, span.end)
}
