import type { AppliedRecord } from '../model/history.js'
import { byVersion } from '../model/version.js'

/** A migration of this run. */
export interface OwnMigration {
  readonly version: string
  /** What its row is where it is done. The checksum counts where it is there. */
  readonly done: { readonly status: 'completed' | 'rolled_back'; readonly checksum?: string }
  /** This run saw it committed. */
  readonly isSeen: boolean
}

/** Versions, as recorded. */
export interface Changed {
  readonly noLonger: readonly string[]
  readonly anew: readonly string[]
}

type Records = readonly AppliedRecord[]

/**
 * What other runs changed of what is applied while this one had no connection, and so no lock: its plan is not made for
 * that. A migration of its own may be done by now, whoever did it; it may not be undone, or done otherwise.
 */
export function changedMeanwhile(before: Records, now: Records, own: readonly OwnMigration[]): Changed {
  const [was, is] = [byVersion(before), byVersion(now)]
  const ours = byVersion(own)
  const changed = [...new Set([...was.keys(), ...is.keys(), ...ours.keys()])].filter((key) => {
    const mine = ours.get(key)
    return mine ? isUndone(mine, was.get(key), is.get(key)) : isOther(was.get(key), is.get(key))
  })
  const nameOf = (key: string) => (is.get(key) ?? was.get(key) ?? ours.get(key))?.version ?? key
  const isApplied = (key: string) => is.get(key)?.status === 'completed'
  return {
    noLonger: changed.filter((key) => !isApplied(key)).map(nameOf),
    anew: changed.filter(isApplied).map(nameOf),
  }
}

type Row = AppliedRecord | undefined

/** Only what is applied counts: a failure that was recorded meanwhile is the same history. */
function isOther(before: Row, now: Row): boolean {
  const checksumOf = (row: Row) => (row?.status === 'completed' ? row.checksum : undefined)
  return checksumOf(before) !== checksumOf(now)
}

function isUndone({ done, isSeen }: OwnMigration, before: Row, now: Row): boolean {
  const isDone = now?.status === done.status && (done.checksum ?? now.checksum) === now.checksum
  if (isDone || isSeen) return !isDone
  return (now?.status === 'completed' || now?.status === 'rolled_back') && !isSame(before, now)
}

/** What is to be taken over from the Supabase CLI's table has no time before it is written. */
function isSame(before: Row, now: AppliedRecord): boolean {
  const isSameTime = [before?.appliedAt ?? now.appliedAt, null].includes(now.appliedAt)
  return before?.status === now.status && before.checksum === now.checksum && isSameTime
}
