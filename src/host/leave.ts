import { closeSync } from 'node:fs'
import { constants } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { ENDING_SIGNALS } from './ending-signals.js'

/** As the process was started. */
const TERMINALS = [0, 1, 2].filter((descriptor) => isatty(descriptor))

/** Ends the process as `leaveNow` does, once what other threads are about to finish is finished, so that it seldom needs a signal. */
export async function leave(exitCode: number): Promise<never> {
  const end = performance.now() + FINISH_WITHIN_MS
  while (signalOf(exitCode) !== undefined && isHeldUp() && performance.now() < end) await pause(10)
  return leaveNow(exitCode)
}

const FINISH_WITHIN_MS = 200

/**
 * Ends the process, whatever is under way.
 *
 * Node's exit waits for its threads, and one that looks up a name may take half a minute. So where the exit code is that of
 * a signal and a thread is at work, the process dies of that signal instead: a shell, Docker and GitHub's runner see the
 * same code, a program that started it sees the signal.
 *
 * @param exitCode 128 + n: ended by signal n
 */
export function leaveNow(exitCode: number): never {
  // A signal that comes while the process exits is to end it, too.
  for (const name of ENDING_SIGNALS) process.removeAllListeners(name)
  const signal = signalOf(exitCode)
  if (signal !== undefined && isHeldUp()) process.kill(process.pid, signal)
  letGoOfTerminals()
  // As process 1 it is here with a thread at work: no signal of its own ends it.
  process.exit(exitCode)
}

function signalOf(exitCode: number): NodeJS.Signals | undefined {
  return ENDING_SIGNALS.find((name) => 128 + constants.signals[name] === exitCode)
}

/** Names that are looked up, and files: what libuv's threads do that has no limit of its own. */
const IN_A_THREAD = /^(?:GetAddrInfo|GetNameInfo|FSReq)/

function isHeldUp(): boolean {
  return process.getActiveResourcesInfo().some((name) => IN_A_THREAD.test(name))
}

/** Node 20 resets terminals when it exits, and aborts where one was closed. */
function letGoOfTerminals(): void {
  for (const descriptor of TERMINALS) {
    try {
      if (!isatty(descriptor)) closeSync(descriptor)
    } catch {
      // It is closed already.
    }
  }
}
