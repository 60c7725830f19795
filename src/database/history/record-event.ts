import type { RunContext } from '../../model/config.js'
import { cutMessage } from '../../model/cut-message.js'
import type { EventKind, HistoryAction } from '../../model/history.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { trackingNames } from '../tracking-names.js'

/** What is told beside who and from where. */
export interface Told {
  readonly event: EventKind
  readonly action: HistoryAction
  readonly status: 'success' | 'failed'
  /** Empty where it is about no migration. */
  readonly version: string
  readonly name?: string
  readonly checksum?: string
  /** SQL. */
  readonly milliseconds?: string
  readonly errorMessage?: string
  readonly detail?: string
  readonly forced?: readonly string[]
  readonly planHash?: string
}

/**
 * SQL that adds an event, without the semicolon.
 *
 * @param where what follows the values: the event is added only where a row is selected
 */
export function recordEvent(
  target: Pick<Target, 'tracking' | 'systemIdentifier'>,
  writer: Writer,
  told: Told,
  where = '',
): string {
  const values = Object.entries({ ...whatOf(told), ...whoOf(writer, target) }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const columns = values.map(([column]) => column).join(', ')
  return `INSERT INTO ${trackingNames(target.tracking).history} (${columns}) SELECT ${values.map(([, value]) => value).join(', ')}${where && ` ${where}`}`
}

type Values = Readonly<Record<string, string | undefined>>

function whatOf(told: Told): Values {
  return {
    version: quoteLiteral(told.version),
    action: quoteLiteral(told.action),
    event: quoteLiteral(told.event),
    executed_at: 'clock_timestamp()',
    status: quoteLiteral(told.status),
    name: literal(told.name),
    checksum: literal(told.checksum),
    execution_time_ms: told.milliseconds,
    error_message: foreign(told.errorMessage),
    detail: foreign(told.detail),
    forced: literal(told.forced?.join(', ')),
    plan_hash: literal(told.planHash),
  }
}

function whoOf(writer: Writer, { systemIdentifier }: Pick<Target, 'systemIdentifier'>): Values {
  const { approval } = writer
  return {
    executed_by: quoteLiteral(writer.actor),
    environment: quoteLiteral(writer.environment),
    system_identifier: literal(systemIdentifier),
    ...runColumns(writer),
    approver: literal(approval?.by),
    approval_kind: literal(approval?.kind),
    approval_comment: foreign(approval?.comment),
  }
}

/** Where a run is told of: the same columns in both tables. */
export function runColumns(writer: RunContext): Readonly<Record<string, string>> {
  return {
    run_url: literal(writer.runUrl) ?? 'NULL',
    run_attempt: String(writer.runAttempt ?? 'NULL'),
    commit_sha: literal(writer.commitSha) ?? 'NULL',
    tool_version: quoteLiteral(writer.toolVersion),
  }
}

function literal(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoteLiteral(text)
}

/** Of any length, and from JSON, which can hold a NUL, as no text in PostgreSQL can. */
function foreign(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoteLiteral(cutMessage(text.replaceAll('\0', '')))
}
