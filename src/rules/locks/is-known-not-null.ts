import type { RangeVar } from '@pgsql/types'
import { alterCommands } from '../../sql/alter-commands.js'
import { relationKey } from '../../sql/relation-name.js'
import type { Context, JudgedFile } from '../rule.js'
import { provesNotNull } from './proves-not-null.js'

/**
 * Whether the server need not look for NULL in a column: it is NOT NULL already, or (from PostgreSQL 12 on) a valid
 * CHECK constraint proves it. A constraint that the file validates and no file makes is taken to be one that does.
 */
export function isKnownNotNull(relation: RangeVar, column: string, context: Context): boolean {
  const table = context.known.relation(relation)
  const constraints = table?.constraints ?? []
  const isDoubtful = constraints.some(
    ({ kind, valid, columns }) => kind === 'not-null' && !valid && columns.includes(column),
  )
  if (table?.columns.get(column)?.notNull && !isDoubtful) return true
  if (context.postgres < 12) return false
  const checks = constraints.filter(({ kind, valid }) => kind === 'check' && valid)
  return (
    checks.some(({ definition }) => provesNotNull(definition.raw_expr, column)) ||
    validatesUnknown(relation, context)
  )
}

function validatesUnknown(relation: RangeVar, { file, index, known }: Context): boolean {
  const validated = validatedIn(file).get(relationKey(relation)) ?? []
  if (validated.length === 0) return false
  const names = new Set(known.relation(relation)?.constraints.map(({ name }) => name))
  return validated.some((each) => each.index < index && !names.has(each.name))
}

interface Validated {
  readonly index: number
  readonly name: string | undefined
}

/** By table. Read once a file, which may have thousands of columns made NOT NULL. */
function validatedIn(file: JudgedFile): ReadonlyMap<string, readonly Validated[]> {
  const known = VALIDATED.get(file)
  if (known) return known
  const validated = new Map<string, Validated[]>()
  for (const [index, statement] of file.statements.entries()) {
    for (const { relation, command } of alterCommands(statement, '')) {
      if (command.subtype !== 'AT_ValidateConstraint') continue
      const list = validated.get(relationKey(relation)) ?? []
      list.push({ index, name: command.name })
      validated.set(relationKey(relation), list)
    }
  }
  VALIDATED.set(file, validated)
  return validated
}

const VALIDATED = new WeakMap<JudgedFile, ReadonlyMap<string, readonly Validated[]>>()
