import type { Failure } from '../../model/outcome.js'
import type { Trace } from '../../model/trace.js'
import { findInvalidIndex, type InvalidIndex } from './find-invalid-index.js'
import { freshOf, idOf, judge, parseDetach, parseIndex } from './judge.js'

/** What the catalog shows of a statement that failed. */
export interface Seen {
  readonly trace: Trace
  readonly before: readonly string[]
  /** Right after it, as `lookUp` tells it. Absent where that could not be read. */
  readonly now?: readonly string[]
  /** Nothing but the run's end made it fail. */
  readonly isCancelled?: boolean
}

/**
 * A failure that says what its statement left and what becomes of that, wherever the catalog is another than before it:
 * what runs outside a transaction is not rolled back.
 */
export function tellLeft(failure: Failure, { trace, before, now, isCancelled = false }: Seen): Failure {
  const told = now ? hintOf(trace, before, now, isCancelled) : UNSEEN
  if (!told) return failure
  const { hint, isLeft } = told
  return {
    ...failure,
    hint: failure.hint ? `${failure.hint} ${hint}` : hint,
    ...(isLeft ? { left: true } : {}),
  }
}

/** A failure to settle what an earlier run left: that is there still, or may be. */
export function stillLeft(failure: Failure): Failure {
  return { ...failure, hint: failure.hint ?? STILL, left: true }
}

const STILL = 'What its statement left in an earlier run may be there still: the next run settles it first.'

interface Told {
  readonly hint: string
  /** False: it was there before. */
  readonly isLeft: boolean
}

const UNSEEN: Told = {
  hint: 'What it left could not be read in the catalog: the next run looks first, and settles it.',
  isLeft: true,
}

function hintOf(
  trace: Trace,
  before: readonly string[],
  now: readonly string[],
  isCancelled: boolean,
): Told | undefined {
  switch (trace.kind) {
    case 'builds-index': {
      const invalid = findInvalidIndex(trace, before, now)
      return invalid && ofBuild(invalid, judge(trace, before, now).so === 'again', isCancelled)
    }
    case 'drops-index':
      return ofDrop(before, now)
    case 'reindexes': {
      const { first } = judge(trace, before, now)
      const hint = `It left INVALID indexes beside those it was to build anew. Run again: the next run begins with ${first.join(' ')}`
      return first.length > 0 ? left(hint) : undefined
    }
    case 'detaches':
      return ofDetach(trace, before, now)
    case 'creates':
      return freshOf(before, now).length > 0
        ? left(
            `The ${trace.what} ${trace.name} is there all the same. Look whether it is as it is to be, and drop it or take the statement out; then run again.`,
          )
        : undefined
    case 'drops':
      return before.length > 0 && now.length === 0 ? left(GONE) : undefined
    case 'repeatable':
      return undefined
  }
}

function left(hint: string): Told {
  return { hint, isLeft: true }
}

const GONE = 'What it was to drop is gone all the same. Run again: the next run counts it as done.'

function ofBuild({ name, own }: InvalidIndex, isTaken: boolean, isCancelled: boolean): Told {
  if (!own) {
    const hint = `The index ${name} was INVALID before. If it is of no use, run DROP INDEX CONCURRENTLY ${name}; then run again.`
    return { hint, isLeft: false }
  }
  const then = isTaken
    ? `${isCancelled ? 'Run' : 'Mend what made the build fail, then run'} again: the next run begins with DROP INDEX CONCURRENTLY ${name}, and builds it anew.`
    : `${isCancelled ? 'Run' : 'Mend what made the build fail, and run'} DROP INDEX CONCURRENTLY ${name}; then run again.`
  return left(`It left the index ${name} INVALID. ${then}`)
}

function ofDrop([before = '']: readonly string[], now: readonly string[]): Told | undefined {
  if (before === '') return undefined
  if (now.length === 0) return left(GONE)
  const same = now
    .map((text) => ({ id: idOf(text), ...parseIndex(text) }))
    .find(({ id }) => id === idOf(before))
  if (!same || same.valid || !parseIndex(before).valid) return undefined
  return left(
    `It left the index ${same.name} INVALID, half dropped: no query uses it. Run again: the next run drops it. To keep it, take the statement out of the file, and run REINDEX INDEX CONCURRENTLY ${same.name} first.`,
  )
}

function ofDetach(
  { table, partition }: Extract<Trace, { kind: 'detaches' }>,
  [before = '']: readonly string[],
  [now]: readonly string[],
): Told | undefined {
  if (before === '' || parseDetach(before).pending) return undefined
  if (now === undefined)
    return left(`${partition} is detached all the same. Run again: the next run counts it as done.`)
  if (!parseDetach(now).pending) return undefined
  return left(
    `It left ${partition} half detached: no query on ${table} sees its rows any more, and nothing but FINALIZE ends that. Run again: the next run begins with ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE.`,
  )
}
