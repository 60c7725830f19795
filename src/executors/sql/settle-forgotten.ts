import type { AppliedRecord } from '../../model/history.js'
import type { StartedStatement } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { versionKey } from '../../model/version.js'
import { digestStatement, parseJournal } from '../../sql/journal-text.js'
import type { Work } from '../executor.js'
import { isLoss } from './is-loss.js'
import { judge } from './judge.js'
import { lookUp } from './look-up.js'
import type { Stop } from './reached.js'
import { sendOwn } from './record.js'
import { settleStarted } from './settle-started.js'

/**
 * Takes away what an earlier run left of files that are not part of this one, or come later in it: a file that failed may be
 * renamed or deleted, and another one would be content with the index that it left. Sends nothing where no row tells of such.
 *
 * @param carriesOn whether what is left of a file of this run is settled when its turn comes. Else an index that it left
 *   is taken away here, and what it holds no more is settled as of a file that is gone
 * @returns what stands against it, before anything of this run is sent
 */
export async function settleForgotten(work: Work, carriesOn = true): Promise<Stop | undefined> {
  const inRun = keysOf(work.migrations.map(({ file }) => file.version))
  const later = keysOf(work.later ?? [])
  for (const record of work.goesBack ? [] : work.records) {
    const key = versionKey(record.version)
    const journal = record.status === 'failed' && record.journal ? parseJournal(record.journal) : undefined
    if (journal?.started?.state !== 'failed') continue
    const isOwn = inRun.has(key) && (carriesOn || isHeld(work, key, journal.started))
    if (isOwn && !isBefore(work, key, journal.started, carriesOn)) continue
    const { failure } = await settleStarted(work, withoutText(record), journal)
    const isElsewhere = isOwn || later.has(key) || isDroppedIn(work, journal.started)
    if (failure?.code === 'DF007' && isElsewhere) continue
    if (failure) return stopped(record, failure, inRun.has(key))
    if (!inRun.has(key)) await forget(work, record, journal.started, later.has(key))
  }
  return undefined
}

/** Whether others of the run come before it, which could take what it left for their own; or it would itself. */
function isBefore(
  { migrations }: Work,
  key: string,
  { trace }: StartedStatement,
  carriesOn: boolean,
): boolean {
  const [first] = migrations
  const isFirst = first !== undefined && versionKey(first.file.version) === key
  return !(isFirst && carriesOn) && (trace?.kind === 'builds-index' || trace?.kind === 'reindexes')
}

/** Whether the file still has the statement that failed. */
function isHeld({ migrations }: Work, key: string, { digest }: StartedStatement): boolean {
  const migration = migrations.find(({ file }) => versionKey(file.version) === key)
  return migration?.statements?.some((one) => digestStatement(migration, one) === digest) ?? false
}

function keysOf(versions: readonly string[]): ReadonlySet<string> {
  return new Set(versions.map(versionKey))
}

/** Whether a file of the run drops the half dropped index all the same: it was renamed, or the statement was moved. */
function isDroppedIn({ migrations }: Work, { trace, digest }: StartedStatement): boolean {
  if (trace?.kind !== 'drops-index') return false
  return migrations.some((migration) =>
    migration.statements?.some((statement) => digestStatement(migration, statement) === digest),
  )
}

function stopped({ name }: AppliedRecord, failure: Failure, isInRun: boolean): Stop {
  if (isLoss(failure)) return { kind: 'lost', failure }
  const which = isInRun ? 'comes later' : 'is not part of this run'
  const message = `${failure.message} (that is ${name}, which failed then and ${which})`
  return { kind: 'failed', failure: { ...failure, message }, state: 'failed' }
}

/** Its row need not be looked at again; but a file that is left for later has to know that its statement is done after all. */
async function forget(
  work: Work,
  record: AppliedRecord,
  { trace, before, left }: StartedStatement,
  isLater: boolean,
): Promise<void> {
  if (!trace) return
  const { found, moved, reply } = await lookUp(work, trace, before)
  if (reply?.error) return
  const verdict = judge(trace, before, found, { failed: true, ...(left ? { left } : {}), moved })
  if (verdict.so === 'again' || (verdict.so === 'done' && !isLater))
    await sendOwn(work, withoutText(record), work.bookkeeping.settled(record))
}

/** A file of which only the row is at hand: whatever it holds by now, it is not sent. */
function withoutText({ version, name, checksum }: AppliedRecord): RunnableMigration {
  const file = {
    version,
    name,
    checksum,
    path: name,
    style: 'number',
    text: '',
    up: { start: 0, end: 0 },
    otherChecksums: [],
    directives: { noTransaction: false, timeouts: {} },
    dependsOn: [],
  } as const
  return { file, text: '', statements: [], mode: 'transaction' }
}
