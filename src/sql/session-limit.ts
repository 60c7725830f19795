import type { Timeouts } from '../model/config.js'
import type { SessionLimit } from '../model/session.js'

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
  const value = holds % 1_000 === 0 ? `${holds / 1_000}s` : `${holds}ms`
  const where =
    ofFile === undefined
      ? `for this run (${key}). Raise it there, or for this file alone with -- devflow:${key}=…;`
      : `by the file's directive devflow:${key}. Raise it there,`
  return `${setting} is ${value} ${where} or split the file.`
}
