import { ALL_TOOLS } from '../../adopt/all-tools.js'
import { type Recognized, recognize } from '../../adopt/recognize.js'
import { findForeignTables } from '../../database/adopt/find-foreign-tables.js'
import { FOREIGN_TOOLS } from '../../model/foreign-tool.js'
import { UserError } from '../../model/user-error.js'
import { throwWhenLost } from '../connecting/throw-when-lost.js'
import type { Way } from '../way.js'

/**
 * The one table that is asked for.
 *
 * @throws UserError where there is none, or more than one
 */
export async function findForeignHistory(run: Way): Promise<Recognized> {
  const { config, session } = run
  const { from, table } = config.adopt
  const tools = Object.values(ALL_TOOLS).map((tool) => tool.table)
  const tables = await findForeignTables(
    throwWhenLost(session),
    tools.map(({ columns }) => columns),
    tools.flatMap(({ unless = [] }) => unless),
    table,
  )
  if ('why' in tables) throw failed(`The tables of other tools can not be looked for: ${tables.why}.`)
  const found = recognize(tables, from, table !== undefined)
  const [only, ...others] = found
  if (only === undefined) throw notFound(run)
  if (others.length > 0) throw tooMany(found)
  return only
}

function failed(message: string): UserError {
  return new UserError([{ message, help: 'Use a role that may read the system catalogs.' }])
}

function notFound({ config }: Way): UserError {
  const { from, table } = config.adopt
  const tool = from === 'auto' ? 'a tool that can be adopted from' : ALL_TOOLS[from].title
  const message = table
    ? `There is no table ${[table.schema, table.name].filter(Boolean).join('.')} of ${tool}, by its columns.`
    : `The database has no table of ${tool}.`
  const names = FOREIGN_TOOLS.map((each) => ALL_TOOLS[each].title).join(', ')
  return new UserError([
    {
      message,
      help: `Is it the right database? Name the table with from-table where it has a name of its own. The tools are ${names}. To begin without a history, use baseline.`,
    },
  ])
}

const LISTED = 10

function tooMany(found: readonly Recognized[]): UserError {
  const listed = found
    .slice(0, LISTED)
    .map(({ tool, table }) => `${table.schema}.${table.name} (${tool})`)
    .join(', ')
  const more = found.length > LISTED ? ` and ${found.length - LISTED} more` : ''
  return new UserError([
    {
      message: `The database has ${found.length} tables of tools that can be adopted from: ${listed}${more}.`,
      help: 'Name the one whose files the folder holds: from for the tool, from-table for the table.',
    },
  ])
}
