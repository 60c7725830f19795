import type { Node, RangeVar } from '@pgsql/types'
import { type AlterCommand, alterCommands } from '../../sql/alter-commands.js'
import { relationKey } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import type { Context, JudgedFile } from '../rule.js'

/** A valid CHECK constraint. */
export interface CheckInFile {
  readonly name?: string
  /** Undefined: the file validates it, and it was made elsewhere. */
  readonly expression?: Node
}

/** The CHECK constraints that the file has made valid on a table before a statement, also where no file makes the table. */
export function checksInFile(
  relation: RangeVar,
  { file, index }: Pick<Context, 'file' | 'index'>,
): CheckInFile[] {
  const valid = new Map<string, CheckInFile>()
  const waiting = new Map<string, CheckInFile | undefined>()
  for (const { at, command } of commandsIn(file).get(relationKey(relation)) ?? []) {
    if (at >= index) break
    const { conname, contype, raw_expr, skip_validation } = nodeAs(command.def, 'Constraint') ?? {}
    const name = command.name ?? conname
    const key = name ?? `without a name, ${at}`
    const made = { ...(name === undefined ? {} : { name }), ...(raw_expr ? { expression: raw_expr } : {}) }
    const isCheck = contype === 'CONSTR_CHECK'
    if (command.subtype === 'AT_AddConstraint' && isCheck && !skip_validation) valid.set(key, made)
    else if (command.subtype === 'AT_AddConstraint') waiting.set(key, isCheck ? made : undefined)
    else if (command.subtype === 'AT_DropConstraint') valid.delete(key)
    else {
      const validated = waiting.has(key) ? waiting.get(key) : made
      if (validated) valid.set(key, validated)
    }
  }
  return [...valid.values()]
}

interface Placed extends Pick<AlterCommand, 'command'> {
  readonly at: number
}

/** By table. Read once a file, which may make thousands of columns NOT NULL. */
function commandsIn(file: JudgedFile): ReadonlyMap<string, readonly Placed[]> {
  const known = COMMANDS.get(file)
  if (known) return known
  const commands = new Map<string, Placed[]>()
  for (const [at, statement] of file.statements.entries()) {
    if (statement.within === 'function') continue
    for (const { relation, command } of alterCommands(statement, file.file)) {
      if (!CONSTRAINING.has(command.subtype ?? '')) continue
      const list = commands.get(relationKey(relation)) ?? []
      list.push({ at, command })
      commands.set(relationKey(relation), list)
    }
  }
  COMMANDS.set(file, commands)
  return commands
}

const COMMANDS = new WeakMap<JudgedFile, ReadonlyMap<string, readonly Placed[]>>()

const CONSTRAINING = new Set(['AT_AddConstraint', 'AT_ValidateConstraint', 'AT_DropConstraint'])
