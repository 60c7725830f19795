import type { Config } from '../model/config.js'
import type { Tracking } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import type { Namesake } from './namesakes-query.js'
import { recognizeTool } from './recognize-tool.js'
import type { FoundTable, TargetFacts } from './target-facts.js'
import { TRACKING_VERSION, trackingVersionOf } from './tracking-ddl.js'
import { DOCUMENT_COLUMNS, HISTORY_TABLE, IDENTITY_TABLE, SNAPSHOTS_TABLE } from './tracking-names.js'

/** Where history is kept unless the configuration says otherwise. */
export const DEFAULT_SCHEMA = 'devflow'

/** Where the custom runner's document puts its tables. */
export const CUSTOM_RUNNER_SCHEMA = 'public'

/**
 * The configured place; else ours; else the custom runner's own tables; else ours, to be created.
 *
 * @throws UserError for what is another's in our place, or of a newer version of ours
 */
export function chooseTracking(facts: TargetFacts, wanted: Config['tracking']): Tracking {
  const schema = wanted.configured ? wanted.schema : DEFAULT_SCHEMA
  const table = wanted.table
  const found = versionIn(facts, schema, table)
  if (found !== 'absent' || wanted.configured)
    return { schema, table, version: checked(facts, schema, table, found) }
  const custom = versionIn(facts, CUSTOM_RUNNER_SCHEMA, table)
  if (typeof custom === 'number') {
    return {
      schema: CUSTOM_RUNNER_SCHEMA,
      table,
      version: checked(facts, CUSTOM_RUNNER_SCHEMA, table, custom),
    }
  }
  return { schema, table, version: checked(facts, schema, table, 'absent') }
}

/** `foreign`: there is something of that name, and it is not ours. */
function versionIn(facts: TargetFacts, schema: string, table: string): 'absent' | 'foreign' | number {
  const found = tableIn(facts, schema, table)
  if (!found) return 'absent'
  return found.kind === 'r' && holds(found, DOCUMENT_COLUMNS) ? trackingVersionOf(found.comment) : 'foreign'
}

function checked(
  facts: TargetFacts,
  schema: string,
  table: string,
  version: 'absent' | 'foreign' | number,
): 'absent' | number {
  const found = tableIn(facts, schema, table)
  if (version === 'foreign') throw foreign(schema, table, recognizeTool(found?.columns ?? []))
  for (const [name, columns] of BESIDES) {
    const beside = tableIn(facts, schema, name)
    if (beside && !(beside.kind === 'r' && holds(beside, columns)))
      throw foreign(schema, name, recognizeTool(beside.columns))
  }
  if (version !== 'absent' && version > TRACKING_VERSION) throw newer(schema, table, version)
  // Tables that are as they should be are not made again, and nothing is replaced.
  const replaced = version === TRACKING_VERSION ? [] : (facts.namesakes ?? [])
  const others = replaced.filter((namesake) => namesake.schema === schema && !namesake.ours)
  if (others.length > 0) throw taken(others, version === 'absent')
  return version
}

function tableIn(facts: TargetFacts, schema: string, name: string): FoundTable | undefined {
  return facts.tables.find((table) => table.schema === schema && table.name === name)
}

const DOCUMENT_HISTORY_COLUMNS = [
  'id',
  'version',
  'action',
  'executed_at',
  'execution_time_ms',
  'status',
  'error_message',
  'executed_by',
  'environment',
]

/** What must be ours beside the tracking table, where it is there. */
const BESIDES: readonly (readonly [table: string, columns: readonly string[]])[] = [
  [HISTORY_TABLE, DOCUMENT_HISTORY_COLUMNS],
  [
    SNAPSHOTS_TABLE,
    ['id', 'recorded_at', 'server_major', 'schemas', 'history_seq', 'fingerprint', 'objects'],
  ],
  [
    IDENTITY_TABLE,
    ['tracking_table', 'id', 'project', 'environment', 'system_identifier', 'database_name', 'database_oid'],
  ],
]

function holds(table: FoundTable, columns: readonly string[]): boolean {
  return columns.every((column) => table.columns.includes(column))
}

function foreign(schema: string, table: string, tool: string | undefined): UserError {
  return new UserError([
    {
      message: `${schema}.${table} exists and is not a table of this tool${tool ? `: by its columns it belongs to ${tool}` : ''}. It was left alone.`,
      help: 'Name another place in devflow.yml: database.migrations.tracking_schema or tracking_table. What it has recorded can be taken over from there with adopt.',
    },
  ])
}

/** @param movable no history would be left behind at another place */
function taken(namesakes: readonly Namesake[], movable: boolean): UserError {
  const place = movable
    ? ', or name another place in devflow.yml: database.migrations.tracking_schema'
    : ', and run again'
  return new UserError(
    namesakes.map(({ schema, name, kind }) => ({
      message: `The ${kind} ${schema}.${name}${kind === 'function' ? '()' : ''} exists and is not of this tool: it reads no tracking table of ${schema}. It was left alone.`,
      help: `A ${kind} of that name is made beside the tracking tables. Rename the one that is there${place}.`,
    })),
  )
}

function newer(schema: string, table: string, version: number): UserError {
  return new UserError([
    {
      message: `${schema}.${table} was written by a newer version of this tool (tables version ${version}, this one knows ${TRACKING_VERSION}).`,
      help: 'Use the newer version of devflow-migrate here too.',
    },
  ])
}
