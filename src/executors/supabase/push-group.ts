import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { SupabaseRow } from '../../model/supabase.js'
import { announce, type Course, enter, triesOf } from '../sql/course.js'
import { asLoss, isLoss } from '../sql/is-loss.js'
import { recordOf, sendOwn } from '../sql/record.js'
import { waitToRetry } from '../sql/wait-to-retry.js'
import type { Group } from './choose-group.js'
import { findBackends, readClock } from './find-backends.js'
import { findInvalid } from './find-invalid.js'
import { giveUp } from './give-up.js'
import { type Before, journalFailed, lookBefore } from './journal-failed.js'
import { judgePush, rowOf } from './judge-push.js'
import { MOST_LOSSES } from './most-losses.js'
import { ELSEWHERE, onSession } from './on-session.js'
import { type Pushed, push } from './push.js'
import { recordApplied } from './record-applied.js'
import { stageFolder } from './stage-folder.js'
import type { Supervision } from './supervision.js'
import { untilGone } from './until-gone.js'

/** Pushes some files and settles what became of each. @returns whether what comes next may follow */
export async function pushGroup(course: Course, supervision: Supervision, group: Group): Promise<boolean> {
  const [first] = group.migrations
  for (const migration of group.migrations) triesOf(course, migration)
  const before = await onSession(course, ({ session }) => supervision.readRows(session))
  if (before === ELSEWHERE) return true
  if (before === undefined) return notBegun(course, first, UNREADABLE)
  const since = await onSession(course, ({ session }) => readClock(session))
  if (since === ELSEWHERE) return true
  if (since === undefined) return notBegun(course, first, UNREADABLE)
  course.work.sent?.(course.next, group.migrations.length)
  const ready = await prepareSafely(course, group, before)
  if (ready === ELSEWHERE) return true
  if (ready.failure !== undefined) return giveUp(course, first, { state: 'failed', failure: ready.failure })
  // One that is not atomic is recorded as begun by now.
  if (course.work.signal.aborted && first.mode === 'transaction') return false
  await stageFolder(supervision.folder, group.migrations, before)
  const includeAll = sortsBefore(group, before)
  const pushed = await push(course, supervision, group, {
    since,
    includeAll,
    onApplying: (index) => announce(course, course.next + index),
  })
  const looked = await lookAgain(course, supervision, pushed, since)
  const goesOn = await settle(course, supervision, group, looked, ready.found)
  if (pushed.broken) throw pushed.broken.error
  return goesOn
}

/** Where the run was asked to end, that is why: what was not begun is not run. */
async function notBegun(course: Course, first: RunnableMigration, failure: Failure): Promise<false> {
  return course.work.signal.aborted ? false : giveUp(course, first, { state: 'failed', failure })
}

const UNREADABLE: Failure = {
  code: 'supabase-history',
  message: 'supabase_migrations.schema_migrations can not be read, so nothing was pushed',
}

/** What is known before a push; with a failure nothing is pushed. */
interface Ready {
  readonly failure?: Failure
  /** Of a file that is not atomic. */
  readonly found?: Before
}

/** Once more where the connection is lost meanwhile: none of it does harm twice. */
async function prepareSafely(
  course: Course,
  group: Group,
  before: readonly SupabaseRow[],
): Promise<Ready | typeof ELSEWHERE> {
  let ready: Ready = {}
  const answer = await onSession(course, async () => {
    ready = await prepare(course, group, before)
    return ready.failure && isLoss(ready.failure) ? undefined : ready
  })
  if (answer === ELSEWHERE) return ELSEWHERE
  return ready.failure ? { failure: asLoss(ready.failure) } : ready
}

/** What a file that is not atomic needs before: no INVALID index in its way, and a record that outlives this run. */
async function prepare(
  course: Course,
  { migrations: [first] }: Group,
  before: readonly SupabaseRow[],
): Promise<Ready> {
  if (first.mode === 'transaction' || rowOf(before, first)) return {}
  const { name: invalid, failure: unread } = await findInvalid(course.work, first)
  const found = await lookBefore(course.work, first)
  const failure = unread ?? (found && 'failure' in found ? found.failure : undefined)
  if (failure) {
    const message = `whether its indexes are valid can not be read, so it was not begun: ${failure.message}`
    return { failure: { ...failure, message } }
  }
  if (invalid !== undefined) return { failure: inTheWay(invalid, first) }
  const { error } = await sendOwn(
    course.work,
    first,
    course.work.bookkeeping.start(recordOf(course.work, first)),
  )
  if (!error) return { found }
  return {
    failure: { code: error.code, message: `it can not be recorded, so it was not begun: ${error.message}` },
  }
}

function inTheWay(invalid: string, { file }: RunnableMigration): Failure {
  return {
    code: 'supabase-invalid-index',
    message: `the index ${invalid} is INVALID, left by a concurrent build that failed, and the Supabase CLI would record ${file.name} over it`,
    hint: `Run DROP INDEX CONCURRENTLY ${invalid}; and run again.`,
  }
}

/** Without being told so the CLI applies nothing that sorts before what is applied. Our plan has let it. */
function sortsBefore({ migrations: [first] }: Group, before: readonly SupabaseRow[]): boolean {
  const version = first.file.version
  return before.some((row) => row.version > version)
}

/** Where the connection that would have seen them was lost too, another sees whether they still work. */
async function lookAgain(
  course: Course,
  { applicationName, optionsFor }: Supervision,
  pushed: Pushed,
  since: string,
): Promise<Pushed> {
  const { signal } = course.work
  const pooled = optionsFor === undefined
  if (pushed.backends !== 'unseen' || pooled || signal.aborted) return pushed
  await onSession(course, ({ session }) => readClock(session))
  const find = () => findBackends(course.work.session, { since, applicationName })
  return { ...pushed, backends: await untilGone(find, { pooled, signal }) }
}

async function settle(
  course: Course,
  supervision: Supervision,
  group: Group,
  pushed: Pushed,
  found: Before,
): Promise<boolean> {
  const rows = await readAfter(course, supervision)
  for (const [index, migration] of group.migrations.entries()) {
    const at = course.work.migrations.indexOf(migration)
    // What history showed to be applied is entered.
    if (at < course.next) continue
    const durationMs = pushed.durations[index] ?? 0
    const isAnnounced = pushed.durations[index] !== undefined
    const verdict = await judgePush(course.work, migration, { rows, pushed, isAnnounced })
    // A crash took what comes before it, and that is pushed again; what is there of this one, the CLI's table will tell.
    if (verdict.state === 'applied' && at > course.next) return true
    if (verdict.state === 'applied') {
      const failure = await recordApplied(course, supervision, migration, durationMs)
      if (failure === ELSEWHERE && at < course.next) continue
      if (failure === ELSEWHERE) return true
      enter(
        course,
        at,
        failure ? { state: 'unknown', failure, durationMs } : { state: 'applied', durationMs },
      )
      course.next++
      course.losses = 0
      if (failure) return false
      continue
    }
    if (verdict.again && (await mayTryAgain(course, migration, verdict.failure))) return true
    const isWhole = verdict.state === 'failed' && migration.mode !== 'transaction'
    const journal = isWhole ? await journalFailed(course.work, migration, found) : undefined
    return giveUp(course, migration, { ...verdict, journal })
  }
  return true
}

/** The CLI's table, wherever the run is by now. */
async function readAfter(
  course: Course,
  { readRows }: Supervision,
): Promise<readonly SupabaseRow[] | undefined> {
  const rows = await onSession(course, ({ session }) => readRows(session))
  return rows === ELSEWHERE ? readRows(course.work.session) : rows
}

async function mayTryAgain(course: Course, migration: RunnableMigration, failure: Failure): Promise<boolean> {
  const { work } = course
  if (work.signal.aborted) return false
  const tries = triesOf(course, migration)
  if (failure.code === 'connection-lost') {
    if (++course.losses >= MOST_LOSSES) return false
    work.observe({ kind: 'reconnecting', reason: failure.message, attempt: course.losses })
    tries.count++
    return true
  }
  return waitToRetry(work, migration, failure, tries)
}
