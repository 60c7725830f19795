import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../model/config.js'
import { ConnectionError } from '../../model/connection-error.js'
import { UserError } from '../../model/user-error.js'
import type { Gathering } from '../../report/gathered.js'
import { onTarget } from '../on-target.js'
import type { System } from '../system.js'
import type { Operate } from '../way.js'
import { RECONNECT_WITHIN_MS } from './reconnect-within.js'
import type { SteadyDoor } from './steady-door.js'

/** How often a connection may be lost before anything is applied. */
const LOSSES = 3
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 2_000

/**
 * A connection that is lost before anything was applied is no reason to end: all of it is done again. Nor is a server
 * that restarts: it is waited for, as after a loss.
 */
export async function untilConnected(
  door: SteadyDoor,
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  operate?: Operate,
): Promise<void> {
  const before = { ...gathered }
  const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS)
  for (let attempt = 1, lost = 1; ; attempt++) {
    const losses = door.losses()
    try {
      return await onTarget(door, config, system, gathered, signal, lost === LOSSES, operate)
    } catch (error) {
      if (!(error instanceof UserError) || hasBegun(gathered) || signal.aborted) throw error
      if (error instanceof ConnectionError && error.trouble === 'limit') throw error
      const wasLost = door.losses() > losses
      const pauseMs = Math.min(FIRST_PAUSE_MS * attempt, LONGEST_PAUSE_MS)
      if (wasLost && lost === LOSSES) throw error
      if (!wasLost && !(restarts(error, door) && Date.now() + pauseMs < until)) throw error
      if (wasLost) lost++
      system.observe({ kind: 'reconnecting', reason: error.message, attempt })
      if (!wasLost) await sleep(pauseMs, undefined, { signal }).catch(() => {})
      for (const key of Object.keys(gathered)) delete (gathered as Record<string, unknown>)[key]
      Object.assign(gathered, before)
    }
  }
}

/** Done once more, it would be done to what it has done already. */
function hasBegun({ outcomes, applying, operation }: Gathering): boolean {
  const isStep = operation?.steps.some(({ state }) => state !== 'planned' && state !== 'not-run')
  return outcomes !== undefined || applying === true || isStep === true
}

/** The server says so; or it was there a moment ago. */
function restarts(error: UserError, door: SteadyDoor): boolean {
  if (!(error instanceof ConnectionError) || ['refused', 'final'].includes(error.trouble)) return false
  return error.trouble === 'starting' || door.opened() > 0
}
