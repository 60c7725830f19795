import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { isRaised } from '../sql/is-raised.js'
import { type LeftStatement, mayBeMissed } from './left-out.js'
import { missesRows } from './misses-rows.js'
import type { Past } from './past.js'
import { commitsEach, type Rehearsal } from './rehearsal.js'

/** Why an error in a rehearsal says nothing about the file. */
export interface Excuse {
  readonly reason: string
  /** Nothing after it can be judged either. */
  readonly stop: boolean
}

/** Where and how it ran. */
export type Circumstances = Pick<
  Rehearsal,
  'place' | 'together' | 'lockMs' | 'statementMs' | 'lacksRows' | 'excuse'
> & {
  /** Of the same file. */
  readonly left: readonly LeftStatement[]
  /** What the statement that failed took at most. */
  readonly spentMs: number
  /** A foreign key that is violated refers to nothing that the target can have rows of. */
  readonly refersToNewOnly?: (message: string) => boolean
}

/**
 * Tells an error of the file from one that only the rehearsal causes: because all files share one transaction, because
 * something before did not run, because the place lacks something, or because the budget ran out.
 */
export function explainAway(
  failure: Failure,
  migration: RunnableMigration,
  past: Past,
  how: Circumstances,
): Excuse | undefined {
  // Our own checks: no other file, and no transaction, makes up for what they find.
  if (failure.code.startsWith('DF')) return undefined
  const budget = overBudget(failure, migration, how)
  if (budget) return { reason: `${budget}: ${failure.message}`, stop: true }
  const reason =
    (commitsEach(how) || isRaised(failure)
      ? undefined
      : (onlyInTransaction(failure, migration) ?? oneTransaction(failure, migration, how))) ??
    missing(failure, migration, past, how.left) ??
    how.excuse?.(failure) ??
    (how.lacksRows && mayMissRows(failure, migration, how)
      ? 'the tables that are on the target have no rows where it was rehearsed, and it may need them'
      : undefined)
  return reason === undefined ? undefined : { reason: `${reason}: ${failure.message}`, stop: false }
}

function mayMissRows(failure: Failure, migration: RunnableMigration, how: Circumstances): boolean {
  if (failure.code === '23503' && how.refersToNewOnly?.(failure.message)) return false
  return missesRows(failure, migration)
}

/** What took less than the limit did not end by it; and what a file itself raises has the code that its author chose. */
function overBudget(
  failure: Failure,
  { ownLockMs = Number.POSITIVE_INFINITY }: RunnableMigration,
  { place, lockMs, statementMs, spentMs }: Circumstances,
): string | undefined {
  const { code } = failure
  if (code === '57014' && statementMs > 0 && spentMs >= statementMs * ABOUT)
    return `the rehearsal lets a statement run no longer than ${seconds(statementMs)}`
  const lockLimitMs = Math.min(lockMs, ownLockMs)
  if (place === 'target' && code === '55P03' && lockMs > 0 && spentMs >= lockLimitMs * ABOUT)
    return `the rehearsal waits for a lock no longer than ${seconds(lockLimitMs)}`
  if (isRaised(failure)) return undefined
  if (code === '57014') return 'it was cancelled, by somebody else or by a limit that it set itself'
  // Out of shared memory, mostly: see max_locks_per_transaction.
  if (code === '53200') return NO_ROOM[place]
  if (place === 'shadow') return undefined
  if (code === '55P03') return 'others held a lock that it does not wait for'
  return code === '40P01' ? 'the rehearsal ran into a deadlock with other work' : undefined
}

/** Clocks differ a little. */
const ABOUT = 0.9

const NO_ROOM = {
  target:
    'the one transaction that a rehearsal is holds the locks of all its files, and the server has no room for more',
  shadow: 'the shadow has no room for so many locks',
} as const

function seconds(ms: number): string {
  return `${ms / 1000} s`
}

/** Errors that go away where each statement stands alone. */
function onlyInTransaction({ code }: Failure, { mode }: RunnableMigration): string | undefined {
  return mode === 'no-transaction' && ALONE_CODES.has(code)
    ? 'the file runs outside a transaction, and a rehearsal is one'
    : undefined
}

const ALONE_CODES = new Set([
  '25001', // can not run inside a transaction block
  '2D000', // invalid transaction termination
  '55P04', // unsafe use of a new enum value
])

/** Errors that go away when each file has a transaction of its own. */
function oneTransaction(
  failure: Failure,
  migration: RunnableMigration,
  { together }: Circumstances,
): string | undefined {
  if (together) return undefined
  if (failure.code === '55P04' && !addsValueOf(failure, migration)) {
    return 'an enum value that an earlier file adds can be used only once that file is committed'
  }
  return failure.code === '55006'
    ? 'something is still in use by the one transaction that a rehearsal is'
    : undefined
}

/** In the transaction that adds it, an enum value can not be used for real either. */
function addsValueOf(failure: Failure, migration: RunnableMigration): boolean {
  const quoted = failure.message.split(/["«»„“”]/).map((part) => part.trim())
  return (migration.statements ?? []).some(
    ({ addsEnumValue }) => addsEnumValue !== undefined && quoted.includes(addsEnumValue.trim()),
  )
}

function missing(
  failure: Failure,
  migration: RunnableMigration,
  past: Past,
  own: readonly LeftStatement[],
): string | undefined {
  const names = (migrations: readonly RunnableMigration[]) =>
    [...new Set(migrations)].map(({ file }) => file.name).join(', ')
  if (past.notRun.length > 0) return `it may need what was not rehearsed (${names(past.notRun)})`
  const isBefore = ({ index }: LeftStatement) => index < (failure.statement ?? Number.POSITIVE_INFINITY) - 1
  const before = own.filter((left) => isBefore(left) && mayBeMissed(left))
  const escaped = before.some(({ outside }) => outside === undefined)
  const leftOut = [...past.leftOut, ...(before.length > 0 ? [migration] : [])]
  const rowsMiss = past.escaped.length > 0 || escaped
  const misses =
    MISSING_CODES.has(failure.code) ||
    (failure.code === '23505' && leftOut.some(dropsIndex)) ||
    (rowsMiss && ROWS_MISSING_CODES.has(failure.code))
  return leftOut.length > 0 && misses ? `it may need what was left out of ${names(leftOut)}` : undefined
}

/** Until it is dropped, a unique index refuses what may come after it. */
function dropsIndex({ statements = [] }: RunnableMigration): boolean {
  return statements.some(({ outside }) => outside === 'DROP INDEX CONCURRENTLY')
}

/** Errors that an index or a database not yet there, or not yet gone, can cause. */
const MISSING_CODES = new Set([
  '42P01', // undefined table
  '42704', // undefined object: the index of ADD CONSTRAINT … USING INDEX
  '42P10', // no unique index for ON CONFLICT
  '42830', // no unique index for a foreign key
  '42P07', // duplicate table or index
  '55000', // object not in the state it must be in
  '3D000', // undefined database
  '3F000', // undefined schema
  '42809', // wrong object type: a partition not yet detached
  '42703', // undefined column
  '42883', // undefined function
])

/** Errors that rows not yet there, or not yet changed, can cause. */
const ROWS_MISSING_CODES = new Set([
  '23502', // not null
  '23503', // foreign key
  '23505', // unique
  '23514', // check
  '23P01', // exclusion
  '21000', // cardinality
  '22004', // null not allowed
  'P0001', // RAISE EXCEPTION
  'P0002', // SELECT INTO STRICT without a row
  'P0004', // ASSERT
])
