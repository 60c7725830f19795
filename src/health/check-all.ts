import { setImmediate as afterWhatCame, setTimeout as sleep } from 'node:timers/promises'
import type { HealthCheck, HealthVerdict } from '../model/health.js'
import type { HealthPlace, Look } from './look.js'
import { LOOKS } from './looks.js'

/** A check and what it showed. */
export interface Checked {
  readonly check: HealthCheck
  readonly verdict: HealthVerdict
}

const LONGEST_PAUSE_MS = 8_000

/** Every check, in order, each as often as it says; what passes or can not be known is not tried again. Never rejects. */
export async function checkAll(
  checks: readonly HealthCheck[],
  place: HealthPlace,
  pauseMs = 1_000,
): Promise<readonly Checked[]> {
  const checked: Checked[] = []
  for (const check of checks) checked.push({ check, verdict: await checkOne(check, place, pauseMs) })
  return checked
}

async function checkOne(check: HealthCheck, place: HealthPlace, pauseMs: number): Promise<HealthVerdict> {
  for (let tries = 1; ; tries++) {
    const verdict = await lookOnce(check, place)
    if (verdict.state !== 'failed') return verdict
    if (place.signal?.aborted) return ENDED
    if (tries > check.retries) return tries === 1 ? verdict : tried(verdict, tries)
    const waitMs = Math.min(pauseMs * 2 ** (tries - 1), LONGEST_PAUSE_MS)
    await sleep(waitMs, undefined, place.signal && { signal: place.signal }).catch(() => {})
  }
}

function tried(verdict: Exclude<HealthVerdict, { state: 'passed' }>, tries: number): HealthVerdict {
  return { ...verdict, message: `${verdict.message} (tried ${tries} times)` }
}

/** The server and the other side of HTTP have the same time; what is lost on the way is waited for a little longer. */
const LATE_MS = 2_000

async function lookOnce(check: HealthCheck, place: HealthPlace): Promise<HealthVerdict> {
  if (place.signal?.aborted) return ENDED
  const look = LOOKS[check.kind] as Look<HealthCheck['kind']>
  const late = new AbortController()
  const { signal } = late
  const tooLate = sleep(check.timeoutMs + LATE_MS, LATE, { signal, ref: false }).then(afterWhatCame)
  try {
    const looking = look(check, place)
    // Where time has run out nobody waits for it any more.
    looking.catch(() => {})
    return await Promise.race([looking, tooLate])
  } catch (error) {
    return {
      state: 'failed',
      message: error instanceof Error ? error.message.replace(/\.$/, '') : 'it could not be looked at',
      help: 'Look whether this machine reaches the database.',
    }
  } finally {
    late.abort()
    tooLate.catch(() => {})
  }
}

const ENDED: HealthVerdict = {
  state: 'failed',
  message: 'the run was ended before it was known',
  help: 'Run verify to know.',
}

const LATE: HealthVerdict = {
  state: 'failed',
  message: 'there was no answer in time (timeout)',
  help: 'Give it more time, or look at why it takes so long.',
}
