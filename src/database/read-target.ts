import type { Config } from '../model/config.js'
import type { Rows, Session } from '../model/session.js'
import type { Endpoint, Target, Tracking } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import { noteTellingTables } from './adopt/telling-tables.js'
import { recognizeTool } from './recognize-tool.js'
import {
  type FoundTable,
  factsQuery,
  SYSTEM_QUERY,
  type TargetFacts,
  TIMELINE_QUERY,
} from './target-facts.js'
import { type ElsewhereTimeout, parseElsewhere } from './timeouts-elsewhere.js'
import { TRACKING_VERSION, trackingVersionOf } from './tracking-ddl.js'
import { HISTORY_TABLE, IDENTITY_TABLE, SNAPSHOTS_TABLE } from './tracking-names.js'
import { whyReadOnly } from './why-read-only.js'

/** A target and what creating its tables needs to know. */
export interface FoundTarget {
  readonly target: Target
  readonly schemaExists: boolean
  /** Why nothing can be written there, as a clause about the server. */
  readonly readOnly?: string
  /** See `Report.notes`. */
  readonly notes: readonly string[]
  /** `pg_backend_pid()`. What the connection was told when it was opened may be a pooler's invention. */
  readonly backend: number
  /** The server runs on Windows. */
  readonly windows: boolean
  /** Timeouts that role, database or server bring along. */
  readonly elsewhere: readonly ElsewhereTimeout[]
}

/** Where history is kept unless the configuration says otherwise. */
const DEFAULT_SCHEMA = 'devflow'

/**
 * What server this is and where its history stands, in one turn. Creates nothing, and sets nothing that outlives the
 * message: behind a pooler the next one may go to a session that others use.
 *
 * @throws UserError for another tool's table in our place, a newer version of ours, or an unsupported server
 */
export async function readTarget(
  session: Session,
  endpoint: Endpoint,
  wanted: Config['tracking'],
): Promise<FoundTarget> {
  const reply = await session.send(`${targetQuery(wanted)}\n${SYSTEM_QUERY}\n${TIMELINE_QUERY}`)
  const [facts, system, timeline] = reply.results
  // Where only the question after the facts failed, the role may not ask it.
  if (!facts || reply.state !== 'I') throw unreadable(endpoint, reply.error?.message ?? 'there was no answer')
  const systemIdentifier = system?.rows[0]?.[0]
  const lastTimeline = timeline?.rows[0]?.[0]
  return parseTarget(facts, endpoint, wanted, {
    ...(systemIdentifier ? { systemIdentifier } : {}),
    ...(lastTimeline ? { timeline: Number(lastTimeline) } : {}),
  })
}

/** The message that {@link parseTarget} reads the answer to: one result. */
export function targetQuery(wanted: Config['tracking']): string {
  const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA]
  return factsQuery(schemas, wanted.table)
}

/** @throws UserError as {@link readTarget} */
export function parseTarget(
  said: Rows,
  endpoint: Endpoint,
  wanted: Config['tracking'],
  system: Pick<Target, 'systemIdentifier' | 'timeline'>,
): FoundTarget {
  const facts = JSON.parse(said.rows[0]?.[0] ?? '{}') as TargetFacts
  if (facts.versionNumber < OLDEST_SERVER * 10000) throw unsupported(endpoint, facts.version)
  const tracking = chooseTracking(facts, wanted)
  const target = makeTarget(facts, endpoint, tracking, system)
  const { schema, table } = tracking
  const asFound = wanted.configured || schema === DEFAULT_SCHEMA ? [] : [usedAsFound(schema, table)]
  const notes = tracking.version === 'absent' ? noteTellingTables(facts.histories) : asFound
  const readOnly = whyReadOnly(facts)
  return {
    target,
    schemaExists: facts.schemas.includes(schema),
    notes,
    backend: facts.backend,
    windows: /windows|mingw|msvc|visual c\+\+/i.test(facts.build),
    elsewhere: parseElsewhere(facts.timeouts),
    ...(readOnly ? { readOnly } : {}),
  }
}

function makeTarget(
  facts: TargetFacts,
  { host, port, user, tls }: Endpoint,
  tracking: Tracking,
  { systemIdentifier, timeline }: Pick<Target, 'systemIdentifier' | 'timeline'>,
): Target {
  const identity = facts.identities?.[tracking.schema]
  return {
    host,
    port,
    user,
    tls,
    database: facts.database,
    serverMajor: Math.trunc(facts.versionNumber / 10000),
    serverVersion: facts.version,
    tracking,
    ...(systemIdentifier === undefined ? {} : { systemIdentifier }),
    ...(facts.databaseOid === undefined ? {} : { databaseOid: facts.databaseOid }),
    ...(timeline === undefined || facts.standby ? {} : { timeline }),
    ...(identity ? { identity } : {}),
  }
}

/** Where the custom runner's document puts its tables. */
const CUSTOM_RUNNER_SCHEMA = 'public'

const OLDEST_SERVER = 15

/** The configured place; else ours; else the custom runner's own tables; else ours, to be created. */
function chooseTracking(facts: TargetFacts, wanted: Config['tracking']): Tracking {
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
  return version
}

function tableIn(facts: TargetFacts, schema: string, name: string): FoundTable | undefined {
  return facts.tables.find((table) => table.schema === schema && table.name === name)
}

/** The columns of the custom runner's document, which ours keep. */
const DOCUMENT_COLUMNS = [
  'version',
  'name',
  'applied_at',
  'checksum',
  'execution_time_ms',
  'status',
  'error_message',
  'applied_by',
]
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

function usedAsFound(schema: string, table: string): string {
  return `History is kept in ${schema}.${table}: no tracking_schema is configured, and the tables of a custom runner are there.`
}

function foreign(schema: string, table: string, tool: string | undefined): UserError {
  return new UserError([
    {
      message: `${schema}.${table} exists and is not a table of this tool${tool ? `: by its columns it belongs to ${tool}` : ''}. It was left alone.`,
      help: 'Name another place in devflow.yml: database.migrations.tracking_schema or tracking_table. What it has recorded can be taken over from there with adopt.',
    },
  ])
}

function newer(schema: string, table: string, version: number): UserError {
  return new UserError([
    {
      message: `${schema}.${table} was written by a newer version of this tool (tables version ${version}, this one knows ${TRACKING_VERSION}).`,
      help: 'Use the newer version of devflow-migrate here too.',
    },
  ])
}

function unsupported(endpoint: Endpoint, version: string): UserError {
  return new UserError([
    {
      message: `${endpoint.host}:${endpoint.port} is PostgreSQL ${version}; versions from ${OLDEST_SERVER} on are supported.`,
      help: `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer.`,
    },
  ])
}

function unreadable(endpoint: Endpoint, reason: string): UserError {
  return new UserError([
    {
      message: `Connected to ${endpoint.host}:${endpoint.port}, but the server refused to answer: ${reason}.`,
      help: 'Check that the role may log in and read the system catalogs, and that this is a PostgreSQL server.',
    },
  ])
}
