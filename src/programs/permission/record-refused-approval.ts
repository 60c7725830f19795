import { makeDoor } from '../../database/open-session.js'
import { readTarget } from '../../database/read-target.js'
import type { Config } from '../../model/config.js'
import type { Session } from '../../model/session.js'
import type { Gathering } from '../../report/gathered.js'
import { cancelledBy } from '../connecting/cancelled-by.js'
import { judgeTarget } from '../target/judge-target.js'
import { notRecorded, recordNothingDone, whyNothing } from './tell-refusals.js'

/** Nobody waits long to be refused. Milliseconds. */
const CONNECT_WITHIN_MS = 3_000
const ALL_WITHIN_MS = 6_000

/**
 * Has the target's history tell that an approval was missing, although nothing was done there. Not asked for where the
 * event may bring a stranger's code: then nothing is connected to. Nothing is created for it, a target that is not what it
 * is taken for is not written to, and no verdict hangs on it.
 */
export async function recordRefusedApproval(
  config: Config,
  gathered: Gathering,
  signal: AbortSignal,
): Promise<void> {
  if (config.database === 'embedded' || config.database === undefined || signal.aborted) return
  const soon = AbortSignal.any([signal, AbortSignal.timeout(ALL_WITHIN_MS)])
  const recorded = tryToRecord(config, config.database.url, gathered, soon)
  const why = await Promise.race([recorded, whenLate(soon)]).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  )
  if (why !== undefined) gathered.notes = [...(gathered.notes ?? []), notRecorded(config, why)]
}

/** @returns why it was not */
async function tryToRecord(
  config: Config,
  url: string,
  gathered: Gathering,
  soon: AbortSignal,
): Promise<string | undefined> {
  const door = await makeDoor(url, config, { connectWithinMs: CONNECT_WITHIN_MS })
  await using session: Session = cancelledBy(soon, await door.open(() => {}))
  const { target, readOnly } = await readTarget(session, door.endpoint, config.tracking)
  if (readOnly !== undefined) return `the server ${readOnly.why}`
  if (judgeTarget(target, config).kind !== 'same') return 'the target remembers that it is another one'
  const told = { event: 'refused', message: whyNothing(gathered) } as const
  return await recordNothingDone(config, gathered, session, target, told, gathered.expected?.hash)
}

function whenLate(soon: AbortSignal): Promise<string> {
  return new Promise((resolve) =>
    soon.addEventListener('abort', () => resolve('the database took too long to answer'), { once: true }),
  )
}
