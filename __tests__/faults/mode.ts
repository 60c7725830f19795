import type { Traced } from './describe-message.js'
import type { Fault } from './fault.js'

/** One way to disturb a run, to be tried at every message. */
export interface Mode {
  readonly name: string
  readonly fault: Omit<Fault, 'k'>
  /**
   * What happens at a message when it is not the connection that is cut: the server ends the session or is restarted,
   * the run is asked to end as by a signal, or its process gets one.
   */
  readonly strike?: 'terminate' | 'restart' | 'abort' | NodeJS.Signals
}

const cuts: Mode[] = [
  { side: 'frontend', when: 'before' },
  { side: 'frontend', when: 'after' },
  { side: 'backend', when: 'before' },
  { side: 'backend', when: 'half' },
].flatMap((point) =>
  (['rst', 'fin'] as const).map((how) => ({
    name: `${how} ${point.when === 'half' ? 'at half' : point.when} a ${point.side} message`,
    fault: { ...point, how } as Mode['fault'],
  })),
)

/** Struck once; whoever connects again finds everything as it was. */
export const CUTS: readonly Mode[] = cuts

/** The same, and nobody can connect any more until the run has ended. */
export const CUTS_FOR_GOOD: readonly Mode[] = cuts
  .filter(({ fault }) => fault.how === 'rst')
  .map(({ name, fault }) => ({ name: `${name}, for good`, fault: { ...fault, forGood: true } }))

/** Open connections on which nothing comes any more, until somebody asks the run to end. */
export const STALLS: readonly Mode[] = (['frontend', 'backend'] as const).flatMap((side) =>
  [false, true].map((forGood) => ({
    name: `stall before a ${side} message${forGood ? ', for good' : ''}`,
    fault: { side, when: 'before', how: 'stall', forGood },
  })),
)

function struck(name: string, strike: NonNullable<Mode['strike']>): Mode {
  return { name, fault: { side: 'frontend', when: 'before', how: 'strike' }, strike }
}

/** The server ends the session. */
export const TERMINATE = struck('pg_terminate_backend', 'terminate')

/** The server is stopped in the middle of everything, and started again. */
export const RESTART = struck('restart of the server', 'restart')

/** The program is asked to end, without a process around it. */
export const ABORT = struck('a request to end', 'abort')

/** The process gets a signal. */
export const SIGNALS: readonly Mode[] = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const).map((signal) =>
  struck(signal, signal),
)

/** The run is a process of its own. */
export function needsProcess({ strike }: Mode): boolean {
  return strike?.startsWith('SIG') === true
}

/** Somebody asks the run to end, at the message or because nothing comes any more. */
export function isAsked(mode: Mode): boolean {
  return mode.strike === 'abort' || needsProcess(mode) || mode.fault.how === 'stall'
}

/** Only the connection suffers, and only once: the same run is to finish. */
export function isTransient({ fault, strike }: Mode): boolean {
  if (strike !== undefined) return strike === 'terminate' || strike === 'restart'
  return fault.how !== 'stall' && fault.forGood !== true
}

/**
 * The messages of a run that a mode can be tried at, as their numbers on their side. What is done to the server is done
 * to a process that serves the run: one that has not read the first message yet holds up the server's stop. Of rows in a
 * row the first and the last: there are thousands where a schema is read.
 */
export function cutPoints({ fault, strike }: Mode, trace: readonly Traced[]): number[] {
  const needsServed = strike === 'terminate' || strike === 'restart'
  const mine = trace.filter(({ side }) => side === fault.side)
  return mine.flatMap((message, k) =>
    (needsServed && !message.served) || isAmongRows(mine, k, message.connection) ? [] : [k],
  )
}

function isAmongRows(trace: readonly Traced[], k: number, connection: number): boolean {
  return [k - 1, k, k + 1].every((at) => trace[at]?.type === 'D' && trace[at]?.connection === connection)
}
