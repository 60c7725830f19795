import type { RecordedIdentity } from '../../model/identity.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { recordEvent } from '../history/record-event.js'
import { trackingNames } from '../tracking-names.js'

/**
 * SQL that has a target remember what it is: at the first run that writes, and when it is moved on purpose; then the
 * history says so. Empty where it knows. Whether it may be written to at all was judged before.
 */
export function rememberIdentity(target: Target, writer: Writer): string {
  const { identity } = target
  if (identity === undefined) return firstIdentity(target, writer)
  if ('unreadable' in identity) return ''
  const moves = writer.movesTarget && !isAs(identity, target, writer)
  return moves ? moveIdentity(target, identity, writer) : keepUp(target, identity, writer)
}

/** A run that moved the target and connects again finds it moved. */
function isAs(recorded: RecordedIdentity, target: Target, { environment, project }: Writer): boolean {
  const { databaseOid = recorded.databaseOid, systemIdentifier = null } = target
  return (
    recorded.environment === environment &&
    recorded.project === (project ?? null) &&
    recorded.systemIdentifier === systemIdentifier &&
    recorded.databaseOid === databaseOid &&
    recorded.timeline === (target.timeline ?? null)
  )
}

function firstIdentity(target: Target, writer: Writer): string {
  const values = {
    tracking_table: quoteLiteral(target.tracking.table),
    ...presentColumns(target),
    ...writerColumns(writer),
  }
  return `INSERT INTO ${trackingNames(target.tracking).identity} (${Object.keys(values).join(', ')})
  VALUES (${Object.values(values).join(', ')}) ON CONFLICT DO NOTHING;`
}

/** A new identity of its own, so that a copy is told from what it was copied from. Done once, however often it is sent. */
function moveIdentity(target: Target, recorded: RecordedIdentity, writer: Writer): string {
  const set = {
    id: 'gen_random_uuid()',
    recorded_at: 'clock_timestamp()',
    ...presentColumns(target),
    ...writerColumns(writer),
  }
  const told = {
    event: 'moved',
    action: 'move',
    status: 'success',
    version: '',
    detail: `from ${describe(recorded)} to ${describe({ ...target, environment: writer.environment, project: writer.project })}`,
  } as const
  return `WITH moved AS (${update(target, recorded, set)} RETURNING id)
${recordEvent(target, writer, told, 'FROM moved')};`
}

interface Described {
  readonly environment: string
  readonly project?: string | null | undefined
  readonly database: string
  readonly systemIdentifier?: string | null
}

function describe({ environment, project, database, systemIdentifier }: Described): string {
  const of = project ? ` of project ${project}` : ''
  return `environment ${environment}${of} (database ${database} on system ${systemIdentifier ?? 'unknown'})`
}

/** What became known since, or went on by itself: a standby that took over, a database that was renamed. */
function keepUp(target: Target, recorded: RecordedIdentity, { project }: Writer): string {
  const { databaseOid, systemIdentifier, timeline } = target
  const isNewer = timeline !== undefined && timeline > (recorded.timeline ?? 0)
  const set = {
    ...(recorded.project === null && project !== undefined ? { project: quoteLiteral(project) } : {}),
    ...(recorded.systemIdentifier === null && systemIdentifier !== undefined
      ? { system_identifier: quoteLiteral(systemIdentifier) }
      : {}),
    ...(isNewer ? { timeline: String(timeline) } : {}),
    ...(recorded.database === target.database ? {} : { database_name: quoteLiteral(target.database) }),
    ...(databaseOid === undefined || recorded.databaseOid === databaseOid
      ? {}
      : { database_oid: String(databaseOid) }),
  }
  return Object.keys(set).length === 0 ? '' : `${update(target, recorded, set)};`
}

function update(
  { tracking }: Target,
  { id }: RecordedIdentity,
  set: Readonly<Record<string, string>>,
): string {
  const changes = Object.entries(set).map(([column, value]) => `${column} = ${value}`)
  return `UPDATE ${trackingNames(tracking).identity} SET ${changes.join(', ')}
  WHERE tracking_table = ${quoteLiteral(tracking.table)} AND id = ${quoteLiteral(id)}`
}

function presentColumns({ systemIdentifier, timeline }: Target): Record<string, string> {
  return {
    system_identifier: orNull(systemIdentifier),
    timeline: String(timeline ?? 'NULL'),
    // By the server itself: what it was asked before may have been left out.
    database_name: 'current_database()',
    database_oid: '(SELECT oid FROM pg_database WHERE datname = current_database())',
  }
}

function writerColumns({ project, environment, actor, runUrl }: Writer): Record<string, string> {
  return {
    project: orNull(project),
    environment: quoteLiteral(environment),
    recorded_by: quoteLiteral(actor),
    run_url: orNull(runUrl),
  }
}

function orNull(text: string | undefined): string {
  return text === undefined ? 'NULL' : quoteLiteral(text)
}
