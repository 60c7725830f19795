import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { SupabaseRow } from '../../model/supabase.js'
import { announce, type Course, enter, triesOf } from '../sql/course.js'
import { asLoss, isLoss } from '../sql/is-loss.js'
import { recordOf, sendOwn } from '../sql/record.js'
import { waitToRetry } from '../sql/wait-to-retry.js'
import type { Group } from './choose-group.js'
import { readClock } from './find-backends.js'
import { findInvalid } from './find-invalid.js'
import { giveUp } from './give-up.js'
import { type Before, journalFailed, lookBefore } from './journal-failed.js'
import { judgePush, rowOf } from './judge-push.js'
import { onSession } from './on-session.js'
import { type Pushed, push } from './push.js'
import { recordApplied } from './record-applied.js'
import { stageFolder } from './stage-folder.js'
import type { Supervision } from './supervision.js'

/** Pushes some files and settles what became of each. @returns whether what comes next may follow */
export async function pushGroup(course: Course, supervision: Supervision, group: Group): Promise<boolean> {
  for (const migration of group.migrations) triesOf(course, migration)
  const before = await onSession(course, ({ session }) => supervision.readRows(session))
  if (before === undefined)
    return giveUp(course, group.migrations[0], { state: 'failed', failure: UNREADABLE })
  const since = await onSession(course, ({ session }) => readClock(session))
  const ready: Ready =
    since === undefined ? { failure: UNREADABLE } : await prepareSafely(course, group, before)
  if (ready.failure !== undefined || since === undefined)
    return giveUp(course, group.migrations[0], { state: 'failed', failure: ready.failure ?? UNREADABLE })
  await stageFolder(supervision.folder, group.migrations, before)
  const includeAll = sortsBefore(group, before)
  const pushed = await push(course, supervision, group, {
    since,
    includeAll,
    onApplying: (index) => announce(course, course.next + index),
  })
  const goesOn = await settle(course, supervision, group, pushed, ready.found)
  if (pushed.broken) throw pushed.broken.error
  return goesOn
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
async function prepareSafely(course: Course, group: Group, before: readonly SupabaseRow[]): Promise<Ready> {
  let ready: Ready = {}
  await onSession(course, async () => {
    ready = await prepare(course, group, before)
    return ready.failure && isLoss(ready.failure) ? undefined : ready
  })
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

async function settle(
  course: Course,
  supervision: Supervision,
  group: Group,
  pushed: Pushed,
  found: Before,
): Promise<boolean> {
  const after = await onSession(course, ({ session }) => supervision.readRows(session))
  for (const [index, migration] of group.migrations.entries()) {
    const durationMs = pushed.durations[index] ?? 0
    const verdict = await judgePush(course.work, migration, {
      rows: after,
      pushed,
      isAnnounced: pushed.durations[index] !== undefined,
    })
    if (verdict.state === 'applied') {
      const failure = await recordApplied(course, supervision, migration, durationMs)
      enter(
        course,
        course.next,
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

const MOST_LOSSES = 3

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
