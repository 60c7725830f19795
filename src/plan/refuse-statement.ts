import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { RunnableStatement } from '../model/plan.js'
import { excerpt } from '../sql/excerpt.js'
import type { Statement } from '../sql/open-parser.js'
import { positionOf } from '../sql/position.js'
import { readSetConfig } from '../sql/read-set-config.js'
import { shownText } from '../sql/shown-text.js'
import { nodesOf } from '../sql/walk-tree.js'

/**
 * A statement that can be read and can not be carried out in a migration.
 *
 * @param read tells a SET TRANSACTION in a transaction of the file's own, where it is honoured
 */
export function refuseStatement(
  file: MigrationFile,
  statement: Statement,
  read?: Pick<RunnableStatement, 'outside'>,
): Finding[] {
  const why = whyNot(statement)
  return !why || (why === SET_TRANSACTION && read?.outside !== undefined)
    ? []
    : [finding(file, statement, why)]
}

/**
 * The same of a function that a statement calls: `SELECT set_config('standard_conforming_strings', 'off', true)`. To be
 * asked while the tree is there, which is not kept of most.
 */
export function refuseCall(file: MigrationFile, statement: Statement): Finding[] {
  if (!RUNS_CALLS.has(statement.node)) return []
  // Only then the tree is worth reading as a whole.
  if (!/set_config/i.test(file.text.slice(statement.span.start, statement.span.end))) return []
  for (const call of nodesOf(statement, 'FuncCall')) {
    const set = readSetConfig(call)
    if (set?.name === 'standard_conforming_strings' && !isOn(set.value.sval?.sval))
      return [finding(file, statement, STRINGS)]
  }
  return []
}

/** What is only defined, a body or a view, is not run. */
const RUNS_CALLS: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CreateTableAsStmt',
  'CallStmt',
  'ExecuteStmt',
  'CopyStmt',
  'ExplainStmt',
])

function finding(file: MigrationFile, { span }: Statement, why: Why): Finding {
  const position = positionOf(file.text, span)
  return {
    severity: 'error',
    file: file.path,
    position,
    excerpt: excerpt(file.text, position, shownText(file)),
    ...why,
  }
}

type Why = Pick<Finding, 'rule' | 'message' | 'help'>

function whyNot({ node, tree }: Statement): Why | undefined {
  if (node === 'DiscardStmt' && tree.target === 'DISCARD_ALL') return DISCARD_ALL
  if (node !== 'VariableSetStmt') return undefined
  const name = String(tree.name).toLowerCase()
  if (name === 'standard_conforming_strings' && !setsOn(tree)) return STRINGS
  return tree.kind === 'VAR_SET_MULTI' && name.startsWith('transaction') ? SET_TRANSACTION : undefined
}

const DISCARD_ALL: Why = {
  rule: 'discard-all',
  message:
    'DISCARD ALL lets go of all advisory locks of the session, and with them of the one that keeps other runs out.',
  help: 'Remove it: the session is set back behind each file. In the middle of a file write what of it is meant: RESET ALL, DISCARD TEMP, DEALLOCATE ALL.',
}

const STRINGS: Why = {
  rule: 'standard-conforming-strings',
  message:
    'standard_conforming_strings decides where strings end, so the file would be read in another way than it was checked.',
  help: "Leave it on, and write strings with backslash escapes as E'…'.",
}

const SET_TRANSACTION: Why = {
  rule: 'transaction-control',
  message:
    'SET TRANSACTION must come before the first statement of a transaction, and there the migration is recorded.',
  help: 'Remove it. Each file runs alone under a lock, at READ COMMITTED.',
}

interface SetTree {
  readonly args?: readonly {
    readonly A_Const?: {
      readonly sval?: { readonly sval?: string }
      readonly ival?: { readonly ival?: number }
    }
  }[]
}

/** What brings back a default is not taken for it: behind a pooler that can be the database's own. */
function setsOn(tree: Statement['tree']): boolean {
  const { sval, ival } = (tree as SetTree).args?.[0]?.A_Const ?? {}
  return ival?.ival === 1 || isOn(sval?.sval)
}

/** The server takes what `true` and `yes` begin with. */
function isOn(word = ''): boolean {
  return /^(?:on|t|tr|tru|true|y|ye|yes|1)$/i.test(word)
}
