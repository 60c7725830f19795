import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { ServerLife } from '../../model/server-life.js'
import { isTold } from './is-loss.js'

/**
 * Where a session ended that nothing from outside need have ended: the server runs on and said itself that it ends this one, in
 * this statement; or a process of it crashed, and nobody but ours was at work on this file.
 */
export interface OwnEnd {
  readonly migration: RunnableMigration
  readonly how: 'told' | 'crash'
  /** 1-based index of the statement in the file. Of a crash it is not always known. */
  readonly statement?: number
  /** How long the file had been at work. Milliseconds. */
  readonly spentMs: number
}

/** A file that was at work when its connection was lost. */
export interface Lost {
  readonly migration: RunnableMigration
  readonly failure: Failure
  readonly spentMs: number
}

/**
 * What a lost connection looks like, from the server's life before and after. Undefined where it is a cut, a restart, a crash
 * that the server itself laid to somebody else, or nobody can tell: all of those pass.
 */
export function ownEnd(
  lost: Lost | undefined,
  before: ServerLife | undefined,
  after: ServerLife | undefined,
): OwnEnd | undefined {
  if (!lost || !before || !after || before.startedAt !== after.startedAt) return undefined
  const { migration, failure, spentMs } = lost
  const { statement } = failure
  const crashed = before.countsSince !== after.countsSince
  if (crashed && isTold(failure)) return undefined
  if (crashed) return { migration, how: 'crash', spentMs, ...(statement === undefined ? {} : { statement }) }
  const isItsOwn = isTold(failure) && statement !== undefined && runsCode(migration, statement)
  return isItsOwn ? { migration, how: 'told', statement, spentMs } : undefined
}

/** Where the catalog shows what becomes of a statement, it runs nothing of the file's; it waits for locks, and is ended for that. */
function runsCode({ statements = [] }: RunnableMigration, statement: number): boolean {
  return statements[statement - 1]?.trace === undefined
}

/**
 * Whether a session ended where the one before it did, in the same way, and as soon: what is sent once more would end the next.
 * Who ends sessions from outside comes at any time. A crash is bad enough whenever it comes.
 */
export function isSameEnd(before: OwnEnd | undefined, now: OwnEnd | undefined): now is OwnEnd {
  if (now === undefined || before?.migration !== now.migration || before.how !== now.how) return false
  return now.how === 'crash' || (before.statement === now.statement && isAsSoon(before, now))
}

function isAsSoon({ spentMs: before }: OwnEnd, { spentMs: now }: OwnEnd): boolean {
  return Math.abs(before - now) <= Math.max(AS_SOON_MS, AS_SOON * Math.max(before, now))
}

const AS_SOON_MS = 1_000
/** What was read once is quicker to be had the second time. */
const AS_SOON = 0.25

/** The failure of a file that was at work both times. No SQLSTATE: what a session is ended with says not by whom. */
export function failedByItself(failure: Failure, { how }: OwnEnd): Failure {
  const { message } = failure
  return how === 'crash'
    ? {
        ...failure,
        code: 'server-crashed',
        message: `the file seems to make the server crash: ${message} (2 times)`,
        hint: CRASHES,
      }
    : {
        ...failure,
        code: 'session-ended',
        message: `the file seems to end its own session: ${message} (2 times, in the same statement)`,
        hint: ENDS,
      }
}

const ENDS =
  'Look for pg_terminate_backend in what it runs, functions and triggers included. If somebody ended its session from outside both times, run again.'

const CRASHES =
  'The log of the server says what crashed. Each time it ends all sessions of the server: do not run the file again before you know.'
