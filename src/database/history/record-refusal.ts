import type { HistoryAction } from '../../model/history.js'
import type { Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { TRACKING_VERSION } from '../tracking-ddl.js'
import { recordEvent } from './record-event.js'

/** Why nothing was done: a gate did not let it, or somebody ended the run before. */
export interface RecordedRefusal {
  readonly event: 'refused' | 'cancelled'
  /** What was to be done. */
  readonly action: HistoryAction
  /** Redacted. */
  readonly message: string
  /** Of the plan that was to be applied. */
  readonly planHash?: string
}

/**
 * Adds to the history that nothing was done, in a short transaction of its own. Nothing is created for it: where there are
 * no tables of this version, nothing is recorded.
 *
 * @returns why it could not be recorded, where it could not
 */
export async function recordRefusal(
  session: Session,
  target: Target,
  writer: Writer,
  refusal: RecordedRefusal,
): Promise<string | undefined> {
  const sql = refusedEvent(target, writer, refusal)
  if (sql === '') return undefined
  const { error, state } = await session.send(sql)
  if (error && (state === 'E' || state === 'T')) await session.send('ROLLBACK;')
  return error?.message
}

/** SQL that {@link recordRefusal} sends; empty where there is nowhere to record it. */
function refusedEvent(
  target: Target,
  writer: Writer,
  { event, action, message, planHash }: RecordedRefusal,
): string {
  if (target.tracking.version !== TRACKING_VERSION) return ''
  const row = recordEvent(target, writer, {
    event,
    action,
    status: 'failed',
    version: '',
    errorMessage: message,
    ...(planHash === undefined ? {} : { planHash }),
  })
  return `BEGIN READ WRITE;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL lock_timeout = ${LOCK_MS};
SET LOCAL statement_timeout = ${STATEMENT_MS};
${row};
COMMIT;`
}

/** Nobody waits long to be refused. Milliseconds. */
const LOCK_MS = 2_000
const STATEMENT_MS = 5_000
