import { decideUndo } from '../../adopt/decide-undo.js'
import { eventsQuery, parseEvents } from '../../database/read-history.js'
import type { AppliedRecord, HistoryEvent } from '../../model/history.js'
import type { Problem } from '../../model/problem.js'
import type { RecordChange } from '../../model/record-change.js'
import { throwWhenLost } from '../connecting/throw-when-lost.js'
import { confirmOperation } from '../recording/confirm-operation.js'
import { recordSchemaNow, tellSchemaTaken } from '../recording/record-schema-now.js'
import { settleOperation } from '../recording/settle-operation.js'
import { writeRecords } from '../recording/write-records.js'
import { unreadableHistory } from '../target/read-history.js'
import type { Way } from '../way.js'

/**
 * Takes back what was adopted: exactly the rows that the adoption wrote, as long as nothing was recorded since that stands
 * on them. The history keeps both.
 */
export async function undoAdoption(run: Way): Promise<void> {
  const { gathered, known } = run
  const { adopted, since } = decideUndo(await readEvents(run), known.records)
  const refusals = [
    ...(since.length > 0 ? [tooLate(since)] : []),
    ...(adopted.length > 0 && known.step ? [KEPT_IN_STEP] : []),
  ]
  const isRefused = refusals.length > 0
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals]
  gathered.operation = {
    steps: adopted.map(({ version, name }) => ({
      what: `forget that ${name} was adopted`,
      version,
      name,
      state: isRefused ? 'not-run' : 'planned',
    })),
    next: adopted.length === 0 ? ['Nothing that was adopted is recorded.'] : [],
    facts: { forgotten: adopted.length },
  }
  const asked = adopted.map(({ version, checksum }) => ({ version, before: checksum, after: 'gone' }))
  settleOperation(run, { steps: asked })
  if (adopted.length > 0) tellSchemaTaken(run)
  if (!(await confirmOperation(run))) return
  if (await writeRecords(run, adopted.map(forget))) await recordSchemaNow(run)
}

/** A history with more behind an adoption is not one that it is taken back of. */
const MOST_EVENTS = 100_000

async function readEvents({ session, known }: Way): Promise<HistoryEvent[]> {
  const query = eventsQuery(known.target.tracking, MOST_EVENTS)
  if (query === '') return []
  const reply = await throwWhenLost(session).send(query)
  if (reply.error) throw unreadableHistory(known.target, reply.error)
  return parseEvents(reply)
}

const LISTED = 5

function tooLate(since: readonly string[]): Problem {
  const more = since.length > LISTED ? ` and ${since.length - LISTED} more` : ''
  return {
    message: `The adoption can not be taken back: since then ${since.slice(0, LISTED).join(', ')}${more}.`,
    help: 'What was recorded since stands on it. Correct single versions with repair instead.',
  }
}

/** The other table was left as it was, and the next run would adopt from it again. */
const KEPT_IN_STEP: Problem = {
  message:
    'The adoption can not be taken back while the Supabase CLI’s table is kept in step: what it has as applied counts here as well.',
  help: 'Set database.migrations.tracking: devflow in devflow.yml first.',
}

function forget({
  version,
  name,
  checksum,
}: Pick<AppliedRecord, 'version' | 'name' | 'checksum'>): RecordChange {
  return {
    version,
    expected: { status: 'completed', checksum },
    becomes: 'gone',
    told: {
      event: 'repaired',
      action: 'adopt',
      status: 'success',
      name,
      detail: 'the adoption was taken back',
    },
  }
}
