import type { Timeouts } from '../model/config.js'
import type { Reply, ServerError, SessionLimit } from '../model/session.js'

/** The limits at which the server ends the session, whatever runs in it, by the SQLSTATE that it says then. */
const LIMITS = {
  '25P03': {
    setting: 'idle_in_transaction_session_timeout',
    key: 'idle-in-transaction-session-timeout',
    ms: ({ idleInTransactionMs }: Partial<Timeouts>) => idleInTransactionMs,
  },
  '25P04': {
    setting: 'transaction_timeout',
    key: 'transaction-timeout',
    ms: ({ transactionMs }: Partial<Timeouts>) => transactionMs,
  },
} as const satisfies Record<SessionLimit, unknown>

export function isSessionLimit(code: string): code is SessionLimit {
  return Object.hasOwn(LIMITS, code)
}

/**
 * Whether the server ended the connection at a limit before any file was begun: that is none of a file.
 *
 * @param prologue how many statements of the message make the tracking tables
 */
export function isAtTables(reply: Reply, prologue: number): reply is Reply & { readonly error: ServerError } {
  return reply.error?.limit !== undefined && reply.completed < prologue
}

/** Where a limit may come from. */
export interface LimitsSaid {
  /** Of the run. */
  readonly run: Partial<Timeouts>
  /** Of the file's directives. */
  readonly file?: Partial<Timeouts> | undefined
  /** How long the file had been at work: less than the limit means that it was another one. */
  readonly spentMs?: number
}

/** What was set, to how much, by whom, and the way out, in one hint. */
export function explainLimit(limit: SessionLimit, { run, file = {}, spentMs }: LimitsSaid): string {
  const { setting, key, ms } = LIMITS[limit]
  const ofFile = ms(file)
  const holds = ofFile ?? ms(run) ?? 0
  if (holds === 0 || (spentMs !== undefined && spentMs < holds))
    return `${setting} is set by the file itself, or by what it calls. Raise it there, or split the file.`
  const value = inWords(holds)
  const where =
    ofFile === undefined
      ? `for this run (${key}). Raise it there, or for this file alone with -- devflow:${key}=…;`
      : `by the file's directive devflow:${key}. Raise it there,`
  return `${setting} is ${value} ${where} or split the file.`
}

/** The same of what is no file's: a message of ours, which is as long as it has to be. */
export function explainOwnLimit(limit: SessionLimit, run: Partial<Timeouts>): string {
  const { setting, key, ms } = LIMITS[limit]
  const holds = ms(run) ?? 0
  return holds === 0
    ? `${setting} is set on the server, by an event trigger or a trigger perhaps. Raise it there, and run again.`
    : `${setting} is ${inWords(holds)} for this run (${key}). Raise it, and run again.`
}

function inWords(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`
}
