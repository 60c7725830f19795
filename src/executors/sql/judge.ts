import type { BuildsIndex, Trace } from '../../model/trace.js'

/** What is to be done about a statement that was cut off or failed. */
export interface Verdict {
  /** Statements to send first, each alone: they take away what it left, or finish it. */
  readonly first: readonly string[]
  /** `unclear`: nobody but a person can tell. */
  readonly so: 'done' | 'again' | 'unclear'
  /** Numbers of the indexes that they drop. */
  readonly takes?: readonly string[]
  /** What makes it unclear. */
  readonly why?: string
}

const AGAIN: Verdict = { first: [], so: 'again' }
const DONE: Verdict = { first: [], so: 'done' }

/** What is known beside what the catalog held before and holds now. */
export interface Since {
  /** The server refused it: nothing that came later is its own. Otherwise it was cut off. */
  readonly failed?: boolean
  /** Of one that failed: what was new right after, where that could be looked up. */
  readonly left?: readonly string[]
  /** What was there before and lives on, while its name leads elsewhere or nowhere. */
  readonly moved?: readonly string[]
}

/**
 * Decides by the catalog whether a statement that ran outside a transaction is done. What was there before it began is
 * not its own and is left alone. Its backend has to be gone: whoever asks holds the lock of the run.
 */
export function judge(
  trace: Trace,
  before: readonly string[],
  now: readonly string[],
  since: Since = {},
): Verdict {
  switch (trace.kind) {
    case 'builds-index':
      return judgeBuild(trace, ownOf(before, now, since))
    case 'reindexes':
      return again(ownOf(before, now, since).filter(isNumbered))
    case 'drops-index':
    case 'drops':
      return judgeDrop(trace, before, now, since)
    case 'creates':
      return !since.failed && freshOf(before, now).length > 0 ? DONE : AGAIN
    case 'detaches':
      return judgeDetach(trace, before, now, since)
    case 'repeatable':
      return AGAIN
  }
}

/** What of `now` was not there before, by what each text begins with. */
export function freshOf(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(before.map(idOf))
  return now.filter((text) => !known.has(idOf(text)))
}

/** An index as `lookUp` tells it. */
export function parseIndex(text: string): {
  readonly name: string
  readonly valid: boolean
  /** Absent in journals of older versions. */
  readonly definition?: string
} {
  const [, valid = '', name = '', definition] = /^\S+ (\S+) (.*?)(?: #(-?\d+))?$/s.exec(text) ?? []
  return { name, valid: valid === 'valid', ...(definition === undefined ? {} : { definition }) }
}

/** The number in the catalog, with which each text begins. */
export function idOf(text: string): string {
  return text.split(' ', 1)[0] ?? ''
}

/** Not what is kept beside, to look there again. */
function isNumbered(text: string): boolean {
  return /^\d/.test(text)
}

/**
 * What may be the statement's own. Of one that failed it is what it left, and what somebody made whole of that since:
 * with the same number, or built again with the same definition.
 */
function ownOf(before: readonly string[], now: readonly string[], { failed, left }: Since): string[] {
  const fresh = freshOf(before, now)
  if (!failed) return fresh
  if (!left) return fresh.filter((text) => !parseIndex(text).valid)
  const broken = left.filter((text) => !parseIndex(text).valid)
  const numbers = new Set(broken.map(idOf))
  const definitions = new Set(broken.flatMap((text) => parseIndex(text).definition ?? []))
  return fresh.filter((text) => {
    const { valid, definition = '' } = parseIndex(text)
    return numbers.has(idOf(text)) || (valid && definitions.has(definition))
  })
}

function judgeBuild(trace: BuildsIndex, fresh: readonly string[]): Verdict {
  const own = fresh.filter((text) => mayBeOwn(trace, parseIndex(text)))
  if (trace.index === undefined && own.length > (trace.chosen === undefined ? 0 : 1)) {
    const names = own.map((text) => parseIndex(text).name).join(', ')
    return { first: [], so: 'unclear', why: `it names no index, and new on its table is: ${names}` }
  }
  return own.some((text) => parseIndex(text).valid) ? DONE : again(own)
}

/** Somebody else may have built one on the same table meanwhile. */
function mayBeOwn({ index, chosen }: BuildsIndex, { name }: { readonly name: string }): boolean {
  if (index !== undefined || chosen === undefined) return true
  const bare = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(name)
  const read = bare?.[1]?.replaceAll('""', '"') ?? bare?.[2] ?? ''
  return read.startsWith(chosen) && /^\d*$/.test(read.slice(chosen.length))
}

/** Without what it left. */
function again(own: readonly string[]): Verdict {
  if (own.length === 0) return AGAIN
  const first = own.map((text) => `DROP INDEX CONCURRENTLY IF EXISTS ${nameOf(text)};`)
  return { first, takes: own.map(idOf), so: 'again' }
}

/** Of what a REINDEX left there is no word on whether it is valid. */
function nameOf(text: string): string {
  return /^\S+ (?:valid|INVALID) /.test(text) ? parseIndex(text).name : text.slice(text.indexOf(' ') + 1)
}

/** Gone is what has neither its number nor its name any more. */
function judgeDrop(
  { kind }: Trace,
  before: readonly string[],
  now: readonly string[],
  { failed, moved: [moved] = [] }: Since,
): Verdict {
  if (before.length === 0) return AGAIN
  if (moved !== undefined) {
    const invalid = / INVALID /.test(moved) ? ', INVALID' : ''
    const why = `what it was to drop is there under another name: ${nameOf(moved)}${invalid}`
    return { first: [], so: 'unclear', why }
  }
  if (now.length === 0) return DONE
  // An index is built anew by REINDEX CONCURRENTLY; but a database of that name may be somebody's by now.
  const another = kind === 'drops' && !failed && freshOf(before, now).length > 0
  const why = 'what it was to drop is gone, and there is another of that name'
  return another ? { first: [], so: 'unclear', why } : AGAIN
}

/** While it is pending, only FINALIZE can end it. */
function judgeDetach(
  { table, partition }: Extract<Trace, { kind: 'detaches' }>,
  [before = '']: readonly string[],
  [now]: readonly string[],
  { moved: [moved] = [] }: Since,
): Verdict {
  if (before === '' || parseDetach(before).pending) return AGAIN
  if (now !== undefined) {
    const isIts = parseDetach(before).pair === '' || parseDetach(before).pair === parseDetach(now).pair
    return isIts && parseDetach(now).pending
      ? { first: [`ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE;`], so: 'done' }
      : AGAIN
  }
  if (moved === undefined) return DONE
  const why = `what it was to detach is attached under another name, as in ${parseDetach(moved).as}`
  return { first: [], so: 'unclear', why }
}

/** A partition as `lookUp` tells it; in journals of older versions it is only whether it is pending. */
export function parseDetach(text: string): {
  readonly pair: string
  readonly pending: boolean
  /** `ALTER TABLE … DETACH PARTITION …`, as it is named now. */
  readonly as: string
} {
  const [, pair = '', pending = '', as = ''] = /^(?:(\d+\/\d+) )?(true|false)(?: (.*))?$/s.exec(text) ?? []
  return { pair, pending: pending === 'true', as: `ALTER TABLE ${as}` }
}
