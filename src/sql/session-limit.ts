import type { Timeouts } from '../model/config.js'
import type { Failure } from '../model/outcome.js'
import type { Reply, ServerError, SessionLimit } from '../model/session.js'
import { isRaised } from './is-raised.js'

interface Limit {
  readonly setting: string
  readonly key: string
  readonly ms: (timeouts: Partial<Timeouts>) => number | undefined
}

/** The limits at which the server ends the session, whatever runs in it, by the SQLSTATE that it says then. */
const LIMITS: Readonly<Record<SessionLimit, Limit>> = {
  '25P03': {
    setting: 'idle_in_transaction_session_timeout',
    key: 'idle-in-transaction-session-timeout',
    ms: ({ idleInTransactionMs }) => idleInTransactionMs,
  },
  '25P04': {
    setting: 'transaction_timeout',
    key: 'transaction-timeout',
    ms: ({ transactionMs }) => transactionMs,
  },
}

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
export function explainLimit(limit: SessionLimit, said: LimitsSaid): string {
  return explain(LIMITS[limit], said, 'split the file')
}

/**
 * The same of a statement that the server ended, and not the session; undefined where that was not for its time. What is
 * ended by hand has the same SQLSTATE, and another text; a text in another language is judged by the time it took.
 *
 * @param text of the file
 */
export function explainStatementLimit(failure: Failure, said: LimitsSaid, text: string): string | undefined {
  if (failure.code !== '57014' || isRaised(failure)) return undefined
  const limitMs = said.file?.statementMs ?? said.run.statementMs ?? 0
  const lasted = limitMs > 0 && (said.spentMs ?? 0) >= limitMs
  if (ENGLISH.test(failure.message) ? !failure.message.includes('statement timeout') : !lasted)
    return undefined
  // When the client heard that it began says little of when it did.
  const { spentMs: _, ...sure } = said
  return explain(STATEMENT, SETS_ITSELF.test(text) ? { run: {} } : sure, 'make it do less')
}

const STATEMENT: Limit = {
  setting: 'statement_timeout',
  key: 'statement-timeout',
  ms: ({ statementMs }) => statementMs,
}

const ENGLISH = /^cancell?ing /

const SETS_ITSELF = /\b(?:set|reset|set_config)\b[^;]{0,80}\bstatement_timeout\b/i

function explain({ setting, key, ms }: Limit, { run, file = {}, spentMs }: LimitsSaid, less: string): string {
  const ofFile = ms(file)
  const holds = ofFile ?? ms(run) ?? 0
  if (holds === 0 || (spentMs !== undefined && spentMs < holds))
    return `${setting} is set by the file itself, or by what it calls. Raise it there, or ${less}.`
  const value = inWords(holds)
  const where =
    ofFile === undefined
      ? `for this run (${key}). Raise it there, or for this file alone with -- devflow:${key}=…;`
      : `by the file's directive devflow:${key}. Raise it there,`
  return `${setting} is ${value} ${where} or ${less}.`
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
