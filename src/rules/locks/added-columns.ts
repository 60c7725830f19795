import type { ColumnDef, Constraint, ConstrType } from '@pgsql/types'
import type { AlterCommand } from '../../sql/alter-commands.js'
import { constraintsIn } from '../../sql/defined-constraints.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import type { Context, Seen } from '../rule.js'
import { commandsOnOldTables } from './old-tables.js'

/** A column that a statement adds to a table that was there before. */
export interface AddedColumn extends AlterCommand {
  readonly definition: ColumnDef
  readonly constraints: readonly Constraint[]
  /** As messages show them. */
  readonly column: string
  readonly table: string
  find(kind: ConstrType): Constraint | undefined
}

/** Columns added to tables that were there before the judged files. */
export function columnsAddedToOldTables(statement: Seen, context: Context): AddedColumn[] {
  return commandsOnOldTables(statement, context).flatMap((command) => {
    const definition = nodeAs(command.command.def, 'ColumnDef')
    if (command.command.subtype !== 'AT_AddColumn' || !definition) return []
    const constraints = constraintsIn(definition.constraints)
    return {
      ...command,
      definition,
      constraints,
      column: showName([definition.colname ?? '']),
      table: showRelation(command.relation),
      find: (kind) => constraints.find(({ contype }) => contype === kind),
    }
  })
}
