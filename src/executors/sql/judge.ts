import type { BuildsIndex, Trace } from '../../model/trace.js'

/** What is to be done about a statement that was cut off or failed. */
export interface Verdict {
  /** Statements to send first, each alone: they take away what it left, or finish it. */
  readonly first: readonly string[]
  /** `unclear`: nobody but a person can tell. */
  readonly so: 'done' | 'again' | 'unclear'
  /** What makes it unclear. */
  readonly why?: string
}

const AGAIN: Verdict = { first: [], so: 'again' }
const DONE: Verdict = { first: [], so: 'done' }

/**
 * Decides by the catalog whether a statement that ran outside a transaction is done. What was there before it began is
 * not its own and is left alone. Its backend has to be gone: whoever asks holds the lock of the run.
 */
export function judge(trace: Trace, before: readonly string[], now: readonly string[]): Verdict {
  switch (trace.kind) {
    case 'builds-index':
      return judgeBuild(trace, freshOf(before, now).map(parseIndex))
    case 'reindexes':
      return { first: freshOf(before, now).map(drop), so: 'again' }
    case 'drops-index':
    case 'drops':
      return before.length > 0 && freshOf(now, before).length > 0 ? DONE : AGAIN
    case 'creates':
      return freshOf(before, now).length > 0 ? DONE : AGAIN
    case 'detaches':
      return judgeDetach(trace, before, now)
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
export function parseIndex(text: string): { readonly name: string; readonly valid: boolean } {
  const [, valid = '', name = ''] = /^\S+ (\S+) (.*)$/s.exec(text) ?? []
  return { name, valid: valid === 'valid' }
}

function idOf(text: string): string {
  return text.split(' ', 1)[0] ?? ''
}

type Index = ReturnType<typeof parseIndex>

function judgeBuild(trace: BuildsIndex, fresh: readonly Index[]): Verdict {
  const own = fresh.filter((index) => mayBeOwn(trace, index))
  if (trace.index === undefined && own.length > (trace.chosen === undefined ? 0 : 1)) {
    const names = own.map(({ name }) => name).join(', ')
    return { first: [], so: 'unclear', why: `it names no index, and new on its table is: ${names}` }
  }
  if (own.some(({ valid }) => valid)) return DONE
  return { first: own.map(({ name }) => `DROP INDEX CONCURRENTLY IF EXISTS ${name};`), so: 'again' }
}

/** Somebody else may have built one on the same table meanwhile. */
function mayBeOwn({ index, chosen }: BuildsIndex, { name }: Index): boolean {
  if (index !== undefined || chosen === undefined) return true
  const bare = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(name)
  const read = bare?.[1]?.replaceAll('""', '"') ?? bare?.[2] ?? ''
  return read.startsWith(chosen) && /^\d*$/.test(read.slice(chosen.length))
}

function drop(leftover: string): string {
  return `DROP INDEX CONCURRENTLY IF EXISTS ${leftover.slice(leftover.indexOf(' ') + 1)};`
}

/** While it is pending, only FINALIZE can end it. */
function judgeDetach(
  { table, partition }: Extract<Trace, { kind: 'detaches' }>,
  [before]: readonly string[],
  [now]: readonly string[],
): Verdict {
  if (before !== 'false') return AGAIN
  if (now === undefined) return DONE
  return now === 'true'
    ? { first: [`ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE;`], so: 'done' }
    : AGAIN
}
