import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningCli } from './run-cli.js'

/** When a CLI counts as hung. Milliseconds. */
export interface Patience {
  /** It said nothing for so long, while the server does nothing for it. */
  readonly silentMs: number
  readonly lookEveryMs: number
}

export const PATIENCE: Patience = { silentMs: 60_000, lookEveryMs: 1_000 }

/** What is asked while a CLI works. */
export interface Questions {
  /** The server processes that work for it; undefined where nobody can tell, and then it is waited for. */
  readonly find: () => Promise<readonly number[] | undefined>
  /** Whether this run still has its lock: without it another run may push the same files beside this one. */
  readonly holdsLock: () => Promise<boolean>
  /** When it said something last, in milliseconds since 1970. */
  readonly heardAt: () => number
}

/** `ended`: by itself, or because the run was asked to end · `silent`: it hung · `unlocked`: the run's lock was gone. */
export type Ending = 'ended' | 'silent' | 'unlocked'

/**
 * Waits for a CLI to end, and ends it where it hangs, on a name server or a server that never answers, or where it works
 * under nobody's lock.
 */
export async function untilEnded(
  cli: RunningCli,
  { find, holdsLock, heardAt }: Questions,
  { silentMs, lookEveryMs }: Patience = PATIENCE,
): Promise<Ending> {
  const ended = cli.ended.then(() => 'ended' as const)
  for (;;) {
    if (await isOver(ended, lookEveryMs)) return 'ended'
    const held = await Promise.race([ended, holdsLock()])
    if (held === 'ended') return 'ended'
    if (!held) return end(cli, 'unlocked')
    if (Date.now() - heardAt() < silentMs) continue
    const backends = await find()
    if (backends?.length === 0) return end(cli, 'silent')
  }
}

function end(cli: RunningCli, why: Ending): Ending {
  cli.kill()
  return why
}

async function isOver(ended: Promise<'ended'>, withinMs: number): Promise<boolean> {
  const timer = new AbortController()
  const pause = sleep(withinMs, false, { signal: timer.signal }).catch(() => false)
  const over = await Promise.race([ended.then(() => true), pause])
  timer.abort()
  return over
}
