import type { Traced } from './describe-message.js'
import type { Fault } from './fault.js'
import type { Side } from './frame-messages.js'

/** One way to disturb a run, to be tried at every message. */
export interface Mode {
  readonly name: string
  readonly fault: Omit<Fault, 'k'>
  /**
   * What happens at a message when it is not the connection that is cut: the server ends the session or is restarted,
   * the run is asked to end as by a signal, or its process gets one.
   */
  readonly strike?: 'terminate' | 'restart' | 'abort' | NodeJS.Signals
  /** Types of the messages it is tried at. Default: all. */
  readonly at?: readonly string[]
  /** How long the run tries for a connection again. Default: far longer than it takes, but where none is to be had. */
  readonly patienceMs?: number
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

/** Far longer than any of what is done to a run takes. */
export const PATIENCE_MS = 15_000

/** Less than three attempts to connect take. */
export const SHORT_PATIENCE_MS = 200

/** All others that a run gets: authentication, BackendKeyData, ReadyForQuery, notices, errors, CopyInResponse. */
const TELLING = ['R', 'K', 'Z', 'N', 'E', 'G']

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

/**
 * The network is away for a while: it ends after some attempts to connect. With little patience the run gives up after
 * three of them; then history is to be read once more, for the report: an outage of three ends just before that.
 */
export const OUTAGES: readonly Mode[] = [
  { refuses: 1, patienceMs: PATIENCE_MS },
  { refuses: 3, patienceMs: SHORT_PATIENCE_MS },
  { refuses: 7, patienceMs: PATIENCE_MS },
].flatMap(({ refuses, patienceMs }) =>
  ends().map(({ name, fault, at }) => ({
    name: `${name}, then ${refuses} attempts to connect fail${patienceMs < PATIENCE_MS ? ', with little patience' : ''}`,
    fault: { ...fault, refuses },
    ...at,
    patienceMs,
  })),
)

/** What comes after the loss is lost again: as a rule while the lock is taken, and while the rest is sent. */
export const TWICE: readonly Mode[] = [4, 6].flatMap((again) =>
  ends().map(({ name, fault, at }) => ({
    name: `${name}, and again ${again} messages later`,
    fault: { ...fault, again },
    ...at,
  })),
)

/**
 * The run is asked to end when its connection is cut; or after that: while it connects, takes the lock and reads history, and
 * while it settles what was begun and sends the rest.
 */
export const CUT_THEN_ASKED: readonly Mode[] = [undefined, 0, 4, 5, 7].flatMap((again) =>
  ends().map(({ name, fault, at }) => ({
    name: `${name}, then asked to end ${again === undefined ? 'at once' : `${again} messages later`}`,
    fault: {
      ...fault,
      ...(again === undefined ? { strikes: true } : { again, next: { when: 'before', how: 'strike' } }),
    },
    ...at,
    strike: 'abort',
  })),
)

/** Before the server hears of it, when it has done it, and when it says so: the latter is after each COMMIT too. */
function ends(): { name: string; fault: Mode['fault']; at: Pick<Mode, 'at'> }[] {
  return [
    {
      name: 'rst before a frontend message',
      fault: { side: 'frontend', when: 'before', how: 'rst' },
      at: {},
    },
    { name: 'rst after a frontend message', fault: { side: 'frontend', when: 'after', how: 'rst' }, at: {} },
    {
      name: 'rst before a notice',
      fault: { side: 'backend', when: 'before', how: 'rst' },
      at: { at: ['N'] },
    },
  ]
}

function struck(name: string, strike: NonNullable<Mode['strike']>, side: Side = 'frontend'): Mode {
  const at = side === 'backend' ? { name: `${name} at an answer`, at: TELLING } : { name }
  return { ...at, fault: { side, when: 'before', how: 'strike' }, strike }
}

/** The server ends the session. */
export const TERMINATE = struck('pg_terminate_backend', 'terminate')

/** The server is stopped in the middle of everything, and started again. */
export const RESTART = struck('restart of the server', 'restart')

/** The program is asked to end, without a process around it. */
export const ABORT = struck('a request to end', 'abort')

/** And its connection is cut while the statement is cancelled, while that is recorded, or when it leaves. */
export const ASKED_THEN_CUT: readonly Mode[] = (['frontend', 'backend'] as const).flatMap((side) =>
  (
    [
      [0, 'before'],
      [1, 'after'],
      [2, 'after'],
      [3, 'after'],
    ] as const
  ).map(([again, when]) => {
    const asked = struck('asked to end', 'abort', side)
    return {
      ...asked,
      name: `${asked.name}, then rst ${when} the message ${again} later`,
      fault: { ...asked.fault, again, next: { when, how: 'rst' } },
    }
  }),
)

/** The process gets a signal. */
export const SIGNALS: readonly Mode[] = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const).map((signal) =>
  struck(signal, signal),
)

/** The same while the server works on a message, at what it says meanwhile. */
export const AT_AN_ANSWER = {
  terminate: struck('pg_terminate_backend', 'terminate', 'backend'),
  restart: struck('restart of the server', 'restart', 'backend'),
  abort: struck('a request to end', 'abort', 'backend'),
  kill: struck('SIGKILL', 'SIGKILL', 'backend'),
} as const

/** The run is a process of its own. */
export function needsProcess({ strike }: Mode): boolean {
  return strike?.startsWith('SIG') === true
}

/** By what somebody asks the run to end, at the message, after it, or because nothing comes any more. */
export function askedBy(mode: Mode): NodeJS.Signals | undefined {
  const { strike, fault } = mode
  if (strike === 'abort' || fault.how === 'stall') return 'SIGTERM'
  return needsProcess(mode) ? (strike as NodeJS.Signals) : undefined
}

/** Nobody keeps the run from connecting again, nor from the lock. */
export function isReachable({ fault }: Pick<Mode, 'fault'>): boolean {
  return fault.how !== 'stall' && fault.forGood !== true && (fault.refuses ?? 0) <= 1
}

/** Only the connection suffers, and only once or twice: the same run is to finish. */
export function isTransient({ fault, strike }: Mode): boolean {
  if (strike !== undefined) return strike === 'terminate' || strike === 'restart'
  return isReachable({ fault })
}

/**
 * The messages of a run that a mode is tried at, as their numbers on their side. What is done to the server is done to a
 * process that serves the run: one that has not read the first message yet holds up the server's stop.
 *
 * @param every also those at which nothing else can come of it than at the one before and the one after
 */
export function cutPoints(
  { fault, strike, at }: Mode,
  trace: readonly Traced[],
  { every = false }: { readonly every?: boolean } = {},
): number[] {
  const needsServed = strike === 'terminate' || strike === 'restart'
  const mine = trace.filter(({ side }) => side === fault.side)
  const dumps = new Set(trace.filter(({ text }) => text === DUMP_ASKS).map((each) => each.connection))
  return mine.flatMap((message, k) => {
    const isOther = (needsServed && !message.served) || (at && !at.includes(message.type))
    const isLikeOthers = !every && (isAmongSilent(mine, k) || isAmidDump(mine, k, dumps))
    return isOther || isLikeOthers ? [] : [k]
  })
}

/** The question that pg_dump begins with. */
const DUMP_ASKS = 'Q SELECT pg_catalog.pg_is_in_recovery()'

/**
 * A dump is one reading transaction, of which the run learns nothing but how it ended: of the messages in it, those near
 * its beginning and its end are tried, and some on the way.
 */
function isAmidDump(mine: readonly Traced[], k: number, dumps: ReadonlySet<number>): boolean {
  const { connection = -1 } = mine[k] ?? {}
  if (!dumps.has(connection) || k % 16 === 0) return false
  const isOfIt = (at: number) => mine[at]?.connection === connection
  return isOfIt(k - 8) && isOfIt(k + 8)
}

/**
 * Of silent messages in a row only the first and the last are tried: all of them left the server in one piece, so it is
 * at the same place whichever is cut, and of none of them does the client do anything before what follows them is there.
 */
function isAmongSilent(mine: readonly Traced[], k: number): boolean {
  const [before, here, after] = [mine[k - 1], mine[k], mine[k + 1]]
  return isAlike(before, here) && isAlike(here, after)
}

function isAlike(one: Traced | undefined, next: Traced | undefined): boolean {
  if (one?.side !== 'backend' || next === undefined || one.connection !== next.connection) return false
  if (one.type === 'D' && next.type === 'D') return true
  return one.piece === next.piece && SILENT.includes(one.type) && SILENT.includes(next.type)
}

/** ParameterStatus, RowDescription, DataRow, CommandComplete, EmptyQueryResponse. */
const SILENT = ['S', 'T', 'D', 'C', 'I']
