import { FOREIGN_TOOLS, type ForeignToolName, type FoundForeignTable } from '../model/foreign-tool.js'
import { ALL_TOOLS } from './all-tools.js'
import type { ForeignTable } from './foreign-tool.js'

/** A table that is a tool's, by its columns. */
export interface Recognized {
  readonly tool: ForeignToolName
  readonly table: FoundForeignTable
}

/**
 * Whose tables these are. A tool's own name for its table is not asked for where the columns tell.
 *
 * @param named a table that a person named counts whatever it is called
 */
export function recognize(
  tables: readonly FoundForeignTable[],
  from: 'auto' | ForeignToolName,
  named: boolean,
): Recognized[] {
  const tools = FOREIGN_TOOLS.filter((tool) => from === 'auto' || tool === from)
  return tables.flatMap((table) =>
    tools.filter((tool) => isTableOf(ALL_TOOLS[tool].table, table, named)).map((tool) => ({ tool, table })),
  )
}

function isTableOf(wanted: ForeignTable, found: FoundForeignTable, named: boolean): boolean {
  const { columns, exact, common, names, unless } = wanted
  return (
    columns.every((column) => found.columns.includes(column)) &&
    (!exact || found.columns.length === columns.length) &&
    (!common || named || names.includes(found.name)) &&
    (unless === undefined || !found.beside.includes(unless))
  )
}
