import type { AlterTableCmd, RangeVar } from '@pgsql/types'
import type { Span } from '../model/position.js'
import { splitList, tokens } from './split-list.js'
import { nodeAs, treeAs } from './tree.js'

/** One command of ALTER TABLE, or of the statements that share its tree (ALTER INDEX, ALTER VIEW …). */
export interface AlterCommand {
  readonly relation: RangeVar
  /** `OBJECT_TABLE`, `OBJECT_INDEX` … */
  readonly objectType: string
  readonly command: AlterTableCmd
  /** The command in the text: `add column a int`; the whole statement where that can not be told. */
  readonly span: Span
  /** How many commands the statement has. */
  readonly of: number
}

/** The commands of an ALTER TABLE in their order; none of any other statement, of which nothing is looked at. */
export function alterCommands(
  statement: { readonly node: string; readonly tree: object; readonly span: Span },
  file: { readonly text: string },
): AlterCommand[] {
  if (statement.node !== 'AlterTableStmt') return []
  const { text } = file
  const known = KNOWN.get(statement.tree)
  if (known?.text === text) return known.commands
  const commands = readCommands(statement, text)
  if (commands.length > 0) KNOWN.set(statement.tree, { text, commands })
  return commands
}

// A score of rules ask for the commands of each statement, and a statement may have thousands.
const KNOWN = new WeakMap<object, { readonly text: string; readonly commands: AlterCommand[] }>()

function readCommands(
  statement: { readonly node: string; readonly tree: object; readonly span: Span },
  text: string,
): AlterCommand[] {
  const tree = treeAs(statement, 'AlterTableStmt')
  if (!tree?.relation) return []
  const { relation, objtype = 'OBJECT_TABLE' } = tree
  const commands = (tree.cmds ?? []).flatMap((node) => nodeAs(node, 'AlterTableCmd') ?? [])
  const spans = splitList(text, afterName(text, statement.span))
  return commands.map((command, index) => ({
    relation,
    objectType: objtype,
    command,
    span: (spans.length === commands.length ? spans[index] : undefined) ?? statement.span,
    of: commands.length,
  }))
}

/** What follows `ALTER TABLE IF EXISTS ONLY a.b *`. */
function afterName(text: string, span: Span): Span {
  let before = ''
  let named = false
  for (const { kind, start, end } of tokens(text, span)) {
    const word = text.slice(start, end)
    if (named && word !== '.' && word !== '*' && before !== '.') return { start, end: span.end }
    named ||= kind === 'quoted-name' || (kind === 'word' && !KEYWORDS.has(word.toLowerCase()))
    before = word
  }
  return { start: span.end, end: span.end }
}

const KEYWORDS = new Set([
  'alter',
  'table',
  'foreign',
  'index',
  'view',
  'materialized',
  'sequence',
  'type',
  'if',
  'exists',
  'only',
])
