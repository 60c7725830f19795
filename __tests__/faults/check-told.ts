import { constants } from 'node:os'
import { type Point, type RunSeen, tell, type Violation } from './check-point.js'
import type { Snapshot } from './snapshot.js'

/** What reports say of each file beside what is recorded of it, and how a run ends that was asked to. */
export function checkTold(point: Point): Violation[] {
  const { first, afterFirst, second, afterSecond } = point
  const told = [
    ...checkStates(point, { who: 'the first run', run: first, after: afterFirst }),
    ...checkStates(point, { who: 'the second run', run: second, before: afterFirst, after: afterSecond }),
    ...checkUnknown(point),
    ...checkEnd(point).map((what) => `${what}: ${tell(first, afterFirst)}`),
  ]
  return told.map((what) => ({ kind: 'false-claim', what }))
}

interface Told {
  readonly who: string
  readonly run: RunSeen
  readonly before?: Snapshot
  readonly after: Snapshot
}

/** What a run has written of a file, it tells. */
function checkStates({ files }: Point, { who, run, before, after }: Told): string[] {
  const { states } = run
  if (!states) return []
  const wrong = files.filter(({ version, ends }) => {
    const state = states[version] ?? 'not planned'
    const status = statusOf(after, version)
    const isOld = status === statusOf(before, version)
    // What fails in its rehearsal is recorded so, and not run.
    const isRehearsed = ends === 'failed' && status === 'failed' && run.rehearsed?.[version] === 'failed'
    if (state === 'partial' && !isThere(after, version)) return !['partial', 'running'].includes(status ?? '')
    return !isOld && !isRehearsed && (CONTRADICTS[state] ?? []).includes(status ?? '')
  })
  return wrong.map(
    ({ version }) =>
      `${who} says ${version} is ${states[version] ?? 'not planned'}, and it is recorded otherwise: ${tell(run, after)}`,
  )
}

/** By what is told of a file: what this run then has not written of it. */
const CONTRADICTS: Readonly<Record<string, readonly string[]>> = {
  'not planned': ['running', 'partial', 'failed', 'unknown'],
  'not-run': ['running', 'partial', 'failed', 'unknown'],
  failed: ['running', 'partial', 'unknown'],
}

/**
 * Who can read history knows: but of a file that was begun outside a transaction, whose end only the next run looks for. One
 * that was asked to end gets two seconds to read it.
 */
function checkUnknown({ files, first, afterFirst, reachable, asked }: Point): string[] {
  if (!reachable || (asked !== undefined && first.wallMs >= ASKED_MS)) return []
  const wrong = files.filter(
    ({ version }) =>
      first.states?.[version] === 'unknown' &&
      !['running', 'unknown'].includes(statusOf(afterFirst, version) ?? ''),
  )
  return wrong.map(
    ({ version }) =>
      `the first run says ${version} is unknown, and could have known it: ${tell(first, afterFirst)}`,
  )
}

const ASKED_MS = 2_000

/** One that was asked to end says so by its exit code, unless it was done by then. */
function checkEnd({ files, first, applies, asked }: Point): string[] {
  const { exitCode, status, states = {}, wallMs } = first
  // A process that was killed says nothing; nor does one that is not ours.
  if (exitCode === null || status === undefined) return []
  const isDone = applies && files.every(({ version }) => states[version] === 'applied')
  const told = Object.values(states)
  if (asked === undefined || exitCode !== 128 + constants.signals[asked]) {
    const isCancelled = status === 'cancelled' || exitCode > 128
    const isWhole = files.every(({ version, ends }) => states[version] === ends)
    if (asked === undefined || !applies || isWhole) return isCancelled ? ['nobody has cancelled it'] : []
    return ['it was asked to end, and its exit code does not say so']
  }
  const half = told.find((state) => state === 'unknown' || state === 'partial') ?? 'cancelled'
  if (status !== half) return [`its status is ${status}, and what it tells of its files is ${half}`]
  return isDone && wallMs < ASKED_MS ? ['it was done, and says that it was cancelled'] : []
}

function statusOf(snapshot: Snapshot | undefined, version: string): string | undefined {
  return snapshot?.records.find((record) => record.version === version)?.status
}

function isThere({ effects }: Snapshot, version: string): boolean {
  return (effects[version] ?? []).some((count) => count > 0)
}
