import { changeRecords } from '../../database/history/change-records.js'
import { parseRecords, recordsQuery } from '../../database/read-history.js'
import { parseSupabase, supabaseQuery } from '../../database/supabase/read-supabase.js'
import type { Line } from '../../executors/executor.js'
import { waitToRetry } from '../../executors/sql/wait-to-retry.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Failure } from '../../model/outcome.js'
import type { RecordChange } from '../../model/record-change.js'
import { versionKey } from '../../model/version.js'
import { explainOwnLimit } from '../../sql/session-limit.js'
import { lineOf, reconnect } from '../connecting/reconnect.js'
import type { Way } from '../way.js'
import { withTables } from './with-tables.js'
import { writerOf } from './writer-of.js'

/** What became of changes that are one transaction: all of them, or none. */
export type Changed =
  | { readonly state: 'done' }
  /** Nothing was changed. */
  | { readonly state: 'failed'; readonly failure: Failure }
  /** The connection was lost, and the history could not be read since. */
  | { readonly state: 'unknown'; readonly failure: Failure }

/** How often a lost connection is made good again. */
const TRIES = 3

/**
 * Writes rows of the tracking table with their events, then takes nobody's word for it: the rows are read again, after a
 * lost connection on a new one, under the lock. What was not committed then is sent again. `gathered.records` is what was
 * read last.
 */
export async function changeHistory(run: Way, changes: readonly RecordChange[]): Promise<Changed> {
  const { gathered, known, session } = run
  const { target } = known
  if (changes.length === 0) return { state: 'done' }
  let line: Line = lineOf(run, session, known)
  for (let attempt = 1; ; attempt++) {
    const changed = await changeWhenFree(run, line, changes)
    if (changed.state !== 'unknown') {
      if (line.session !== session) await line.session[Symbol.asyncDispose]()
      return changed
    }
    const again = attempt < TRIES ? await reconnect(run, changed.failure.message) : undefined
    if (line.session !== session) await line.session[Symbol.asyncDispose]()
    if (again === undefined) return changed
    gathered.records = again.records
    if (findLost(changes, again.records) === undefined && (await isThereToo(again, changes))) {
      gathered.target = withTables(target)
      await again.session[Symbol.asyncDispose]()
      return { state: 'done' }
    }
    line = again
  }
}

/** Again while it only fails to get a lock, as a migration is: what failed is rolled back. */
async function changeWhenFree(run: Way, line: Line, changes: readonly RecordChange[]): Promise<Changed> {
  const { system, signal, config } = run
  const tries = { count: 1 }
  for (;;) {
    const changed = await changeOnce(run, line, changes)
    if (changed.state !== 'failed') return changed
    const asked = { observe: system.observe, signal }
    const what = { file: { name: config.command } }
    if (!(await waitToRetry(asked, what, changed.failure, tries))) return changed
  }
}

async function changeOnce(run: Way, line: Line, changes: readonly RecordChange[]): Promise<Changed> {
  const { gathered, known, watch, config } = run
  const { session, backend, bookkeeping } = line
  const sql = changeRecords(known.target, writerOf(run), bookkeeping, changes)
  const { reply, blockers } = await watch.during(
    backend,
    config.timeouts.lockMs,
    () => session.send(sql, { isWatched: true }),
    (reason) => session.giveUp(reason),
  )
  const limit = reply.error?.limit
  if (reply.error && reply.state === 'lost' && !limit) return { state: 'unknown', failure: reply.error }
  if (reply.error) {
    if (reply.state !== 'I' && reply.state !== 'lost') await session.send('ROLLBACK;')
    // It comes about in the one transaction that this is, so nothing of it is kept.
    const { code, message, hint } = limit
      ? { ...reply.error, code: limit, hint: explainOwnLimit(limit, config.timeouts) }
      : reply.error
    const more = { ...(hint === undefined ? {} : { hint }), ...(blockers.length > 0 ? { blockers } : {}) }
    return { state: 'failed', failure: { code, message, ...more } }
  }
  const target = withTables(known.target)
  const read = await session.send(recordsQuery(target.tracking))
  // What was committed is committed; what can not be read now is looked for on another connection.
  if (read.error) return { state: 'unknown', failure: read.error }
  gathered.target = target
  gathered.records = parseRecords(read)
  const lost = findLost(changes, gathered.records)
  if (lost === undefined) return { state: 'done' }
  const message = `the server said that it was written, and the record of migration ${lost.version} is not as it was to be`
  return { state: 'failed', failure: { code: 'DF006', message } }
}

function findLost(
  changes: readonly RecordChange[],
  records: readonly AppliedRecord[],
): RecordChange | undefined {
  const byVersion = new Map(records.map((record) => [record.version, record]))
  return changes.find((change) => !isAsChanged(change, byVersion.get(change.version)))
}

function isAsChanged({ becomes }: RecordChange, record: AppliedRecord | undefined): boolean {
  if (becomes === 'gone') return record === undefined
  return (
    record?.status === becomes.status &&
    record.checksum === becomes.checksum &&
    record.name === becomes.name &&
    record.journal === null
  )
}

/** Our row tells nothing of a change that leaves it as it was: only the other table, which gets a row by it. */
async function isThereToo({ session }: Line, changes: readonly RecordChange[]): Promise<boolean> {
  const inOther = changes.filter(leavesAsItWas)
  if (inOther.length === 0) return true
  const reply = await session.send(supabaseQuery())
  const there = new Set((parseSupabase(reply) ?? []).map(({ version }) => versionKey(version)))
  return inOther.every(({ version }) => there.has(versionKey(version)))
}

function leavesAsItWas({ expected, becomes }: RecordChange): boolean {
  if (expected === 'absent' || becomes === 'gone') return false
  return expected.status === becomes.status && expected.checksum === becomes.checksum
}
