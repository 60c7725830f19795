import type { Constraint, ConstrType } from '@pgsql/types'
import type { AlterCommand } from '../../sql/alter-commands.js'
import { showRelation } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import type { Context, Seen } from '../rule.js'
import { commandsOnOldTables } from './old-tables.js'

/** A constraint that a statement adds to a table that was there before, by ADD CONSTRAINT. */
export interface AddedConstraint extends AlterCommand {
  readonly constraint: Constraint
  /** As messages show it. */
  readonly table: string
}

/** Constraints of a kind that are added to tables that were there before the judged files. */
export function constraintsAddedToOldTables(
  statement: Seen,
  context: Context,
  kind: ConstrType,
): AddedConstraint[] {
  return commandsOnOldTables(statement, context).flatMap((command) => {
    const constraint = nodeAs(command.command.def, 'Constraint')
    if (command.command.subtype !== 'AT_AddConstraint' || constraint?.contype !== kind) return []
    return { ...command, constraint, table: showRelation(command.relation) }
  })
}
