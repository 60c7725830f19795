import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { excerpt } from '../sql/excerpt.js'
import type { Statement } from '../sql/open-parser.js'
import { positionOf } from '../sql/position.js'

/** A statement that can be read and can not be carried out in a migration. */
export function refuseStatement(file: MigrationFile, statement: Statement): Finding[] {
  const why = whyNot(statement)
  if (!why) return []
  const position = positionOf(file.text, statement.span)
  return [{ severity: 'error', file: file.path, position, excerpt: excerpt(file.text, position), ...why }]
}

type Why = Pick<Finding, 'rule' | 'message' | 'help'>

function whyNot({ node, tree }: Statement): Why | undefined {
  if (node === 'CopyStmt' && tree.is_from === true && tree.filename === undefined) return COPY
  if (node !== 'VariableSetStmt') return undefined
  const name = String(tree.name).toLowerCase()
  if (name === 'standard_conforming_strings' && !setsOn(tree)) return STRINGS
  return tree.kind === 'VAR_SET_MULTI' && name.startsWith('transaction') ? SET_TRANSACTION : undefined
}

const COPY: Why = {
  rule: 'copy-from-stdin',
  message: 'COPY … FROM STDIN reads data from the client, which is not supported in a migration.',
  help: 'Write the rows as INSERT … VALUES.',
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
  readonly args?: readonly { readonly A_Const?: { readonly sval?: { readonly sval?: string } } }[]
}

function setsOn(tree: Statement['tree']): boolean {
  const value = (tree as SetTree).args?.[0]?.A_Const?.sval?.sval
  return value !== undefined && ['on', 'true', 'yes', '1'].includes(value.toLowerCase())
}
