import { createInterface } from 'node:readline/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { isatty } from 'node:tty'

/**
 * Asks on a terminal; anything but `yes` is a no, and so is the end of the input.
 *
 * @param signal of the run: once it is aborted, nobody is asked any longer, and that is a no
 */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted || !process.stdin.readable) return false
  const onTerminal = isatty(STDIN)
  // In the terminal's own mode: in readline's, ^C is no signal, and a terminal that is closed can't be put back.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  const ended = new Promise<undefined>((resolve) => {
    lines.once('close', () => resolve(undefined))
    // A terminal that is closed can't be read; Node versions differ in who says so.
    for (const each of [lines, process.stdin]) each.on('error', () => resolve(undefined))
  })
  const answered = lines.question(`${question} Type yes to go on: `, { signal })
  const answer = await Promise.race([answered, ended]).catch(() => undefined)
  lines.close()
  // A terminal that was closed sends a signal too, which tells more than the end of the input. Its shell hands it on, and
  // may take its time where the machine is busy; nobody is there any more to wait for us.
  const signalMs = onTerminal && !isatty(STDIN) ? CLOSED_SIGNAL_WITHIN_MS : SIGNAL_WITHIN_MS
  if (answer === undefined) await pause(signalMs, undefined, { signal }).catch(() => {})
  if (signal.aborted) process.stderr.write('\n')
  return !signal.aborted && answer?.trim().toLowerCase() === 'yes'
}

const STDIN = 0
const SIGNAL_WITHIN_MS = 100
const CLOSED_SIGNAL_WITHIN_MS = 3_000
