import { createHash } from 'node:crypto'
import type { Journal, StartedStatement } from '../model/journal.js'
import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Trace } from '../model/trace.js'

/** A journal as the tracking table keeps it: JSON. */
export function renderJournal(journal: Journal): string {
  // Nothing was set by what is not done.
  const { session: _, unsettled: __, ...bare } = journal
  return JSON.stringify(journal.done > 0 ? journal : bare)
}

/** @returns undefined for what is no journal: somebody wrote it by hand, or a newer version did */
export function parseJournal(text: string): Journal | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJournal(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The SHA-256 of a statement's text with the data its COPY reads, as `started.digest` has it. Line ends count as LF. */
export function digestStatement({ file }: RunnableMigration, { span, copyData }: RunnableStatement): string {
  const hash = createHash('sha256')
  // No text of a file holds a NUL.
  for (const part of [span, ...(copyData ? [copyData] : [])])
    hash.update(`${file.text.slice(part.start, part.end).replaceAll(/\r\n?/g, '\n')}\0`)
  return hash.digest('hex')
}

/** The journal of a file of which nothing is done. */
export const NOTHING_DONE: Journal = { done: 0, digest: '' }

/** The journal once the statements up to a count are done. Its digest is that of the one before and of each statement since. */
export function journalAt(migration: RunnableMigration, done: number, from: Journal = NOTHING_DONE): Journal {
  const more = (migration.statements ?? []).slice(from.done, done)
  const digest = more.reduce(
    (before, statement) =>
      createHash('sha256')
        .update(`${before}${digestStatement(migration, statement)}`)
        .digest('hex'),
    from.digest,
  )
  return { done, digest }
}

const STATES: readonly unknown[] = [
  'running',
  'failed',
  'done',
  'again',
] satisfies StartedStatement['state'][]

function isJournal(value: unknown): value is Journal {
  if (!isObject(value)) return false
  const { done, digest, started, session = {}, unsettled } = value
  return (
    Number.isSafeInteger(done) &&
    Number(done) >= 0 &&
    typeof digest === 'string' &&
    isStarted(started) &&
    isObject(session) &&
    isList(Object.values(session)) &&
    (unsettled === undefined || unsettled === true)
  )
}

function isStarted(value: unknown): boolean {
  if (value === undefined) return true
  if (!isObject(value)) return false
  const { digest, state, before, trace, left = [] } = value
  return (
    typeof digest === 'string' &&
    STATES.includes(state) &&
    isList(before) &&
    isList(left) &&
    (trace === undefined || (isObject(trace) && isTrace(trace)))
  )
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** What each kind of trace has to name. */
const NAMED: Readonly<Record<Trace['kind'], readonly string[]>> = {
  'builds-index': ['table'],
  'drops-index': ['index'],
  reindexes: [],
  detaches: ['table', 'partition'],
  creates: ['what', 'name'],
  drops: ['what', 'name'],
  repeatable: [],
}

function isTrace(trace: Record<string, unknown>): boolean {
  const named = Object.entries(NAMED).find(([kind]) => kind === trace.kind)?.[1]
  const isText = Object.values(trace).every((value) => typeof value === 'string')
  return named !== undefined && isText && named.every((field) => field in trace)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
