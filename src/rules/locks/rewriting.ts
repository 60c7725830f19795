import { type AlterCommand, alterCommands } from '../../sql/alter-commands.js'
import { inCaseOf } from '../../sql/keyword-in.js'
import { tokens } from '../../sql/split-list.js'
import { treeAs } from '../../sql/tree.js'
import type { Context, JudgedFile, Seen } from '../rule.js'

/** What a rewrite of a command of ALTER TABLE is made with. */
export interface Rewriting {
  /** `alter table only a.b`, as the statement writes it. */
  readonly head: string
  /** `a.b`, as the statement writes it. */
  readonly name: string
  /** Keywords in the case of the statement. */
  keywords(upperCase: string): string
}

/**
 * Undefined where a rewrite could mean something else: in a body, where the command's own text can not be told, and
 * where the name is found by a `search_path` that another file would not have.
 */
export function rewriting(
  { relation, span }: AlterCommand,
  statement: Seen,
  { file }: Context,
): Rewriting | undefined {
  const first = firstCommand(statement, file.file.text)
  if (statement.within !== 'file' || span === statement.span || first === undefined) return undefined
  if (relation.schemaname === undefined && setsPath(file)) return undefined
  const head = words(file.file.text, { start: statement.span.start, end: first })
  const [verb = ''] = head.split(' ')
  return {
    head,
    name: head.replace(/^alter table (if exists )?(only )?/i, '').replace(/ ?\*$/, ''),
    keywords: (upperCase) => inCaseOf(verb, upperCase),
  }
}

function firstCommand(statement: Seen, text: string): number | undefined {
  const [first] = alterCommands(statement, { text })
  return first?.span.start === statement.span.start ? undefined : first?.span.start
}

/** The text without its comments, on one line. */
function words(text: string, within: { readonly start: number; readonly end: number }): string {
  let line = ''
  let end = within.start
  for (const piece of tokens(text, within)) {
    line += `${piece.start > end ? ' ' : ''}${text.slice(piece.start, piece.end)}`
    end = piece.end
  }
  return line
}

function setsPath(file: JudgedFile): boolean {
  const known = PATHS.get(file)
  if (known !== undefined) return known
  const sets = file.statements.some((each) => treeAs(each, 'VariableSetStmt')?.name === 'search_path')
  PATHS.set(file, sets)
  return sets
}

const PATHS = new WeakMap<JudgedFile, boolean>()
