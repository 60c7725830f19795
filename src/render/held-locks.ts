import type { LockStrength, Measured, RelationSize } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { isStrong, strengthOf } from './lock-words.js'
import { sizesByRelation } from './relation-sizes.js'
import { makeRows } from './rows.js'

/** A relation that was there before, kept from its readers or writers until a transaction ends. */
export interface HeldLock {
  readonly relation: string
  readonly mode: LockStrength
  readonly size: RelationSize | undefined
  /** The file, and the statement of it that took the lock. */
  readonly rehearsed: Rehearsed
  readonly statement: Measured
  /** The last statement that it was held through: its own, its file's last, or another file's. */
  readonly until: Measured
  readonly lasts: 'statement' | 'statements' | 'file' | 'run'
  /** From when the statement began to the end of the transaction. Of empty tables it says nothing. */
  readonly heldMs: number
  /** The largest of what was rewritten, else of what was read from one end to the other, while it was held. */
  readonly work: Work | undefined
}

export interface Work {
  readonly kind: 'rewrites' | 'scans'
  readonly relation: string
  readonly bytes: number | null
}

/**
 * The strong locks of a rehearsal, the worst first: on a target what was held longest; on a shadow, whose times say
 * nothing, what would be held through the most work, then by the size of the relation and the strength of the lock.
 */
export function makeHeldLocks(report: Report): HeldLock[] {
  if (report.rehearsal.length === 0) return []
  const sizes = sizesByRelation(report)
  const held = transactionsOf(report).flatMap((transaction) => locksOf(transaction, sizes))
  return held.toSorted(report.rehearsedOn?.kind === 'shadow' ? byWork : byTime)
}

interface Transaction {
  readonly steps: readonly { readonly rehearsed: Rehearsed; readonly statement: Measured }[]
  readonly lasts: HeldLock['lasts']
}

function transactionsOf(report: Report): Transaction[] {
  const modes = new Map(makeRows(report).map(({ version, mode }) => [version, mode]))
  const files = report.rehearsal.map((rehearsed) => ({
    outside: report.transaction === 'none' || modes.get(rehearsed.version) === 'no-transaction',
    steps: (rehearsed.measured ?? []).map((statement) => ({ rehearsed, statement })),
  }))
  if (report.transaction === 'all') return [{ steps: files.flatMap(({ steps }) => steps), lasts: 'run' }]
  return files.flatMap(({ outside, steps }) =>
    outside ? ownTransactions(steps) : [{ steps, lasts: 'file' as const }],
  )
}

/** Outside of a transaction a lock goes with its statement, unless a later one found it still held. */
function ownTransactions(steps: Transaction['steps']): Transaction[] {
  const ends = steps.map((_, index) => index)
  steps.forEach(({ statement }, index) => {
    for (const { since } of statement.heldBefore) {
      const first = steps.findIndex((step) => step.statement.statement === since)
      if (first !== -1) ends[first] = index
    }
  })
  return steps.map((_, index) => {
    const end = ends[index] ?? index
    return { steps: steps.slice(index, end + 1), lasts: end > index ? 'statements' : 'statement' }
  })
}

function locksOf({ steps, lasts }: Transaction, sizes: ReadonlyMap<string, RelationSize>): HeldLock[] {
  const held: HeldLock[] = []
  let heldMs = 0
  let work: Work | undefined
  // From the end, so that what is held through all the later statements is added up once.
  for (const { rehearsed, statement } of [...steps].reverse()) {
    heldMs += statement.durationMs
    work = heavier(work, workOf(statement, sizes))
    const until = steps.at(-1)?.statement ?? statement
    for (const { relation, modes } of [...statement.locks].reverse()) {
      const [mode] = modes
      if (mode === undefined || !isStrong(mode)) continue
      const size = sizes.get(relation)
      held.push({ relation, mode, size, rehearsed, statement, until, lasts, heldMs, work })
    }
  }
  const own = lasts === 'statement' || lasts === 'statements'
  return own ? held.filter(({ statement }) => statement === steps[0]?.statement) : held.reverse()
}

function workOf(
  { rewritten, scanned }: Measured,
  sizes: ReadonlyMap<string, RelationSize>,
): Work | undefined {
  const kind = rewritten.length > 0 ? 'rewrites' : 'scans'
  return (kind === 'rewrites' ? rewritten : scanned)
    .map((relation): Work => ({ kind, relation, bytes: sizes.get(relation)?.bytes ?? null }))
    .reduce<Work | undefined>((a, b) => heavier(b, a), undefined)
}

/** Where both weigh the same it is `b`. */
function heavier(a: Work | undefined, b: Work | undefined): Work | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return compareWork(a, b) < 0 ? a : b
}

function byTime(a: HeldLock, b: HeldLock): number {
  return b.heldMs - a.heldMs || strengthOf(b.mode) - strengthOf(a.mode) || bytesOf(b) - bytesOf(a)
}

function byWork(a: HeldLock, b: HeldLock): number {
  return compareWork(a.work, b.work) || bytesOf(b) - bytesOf(a) || strengthOf(b.mode) - strengthOf(a.mode)
}

function bytesOf({ size }: HeldLock): number {
  return size?.bytes ?? 0
}

/** Most first: bytes first of all, since to read a large table takes longer than to rewrite a small one. */
function compareWork(a: Work | undefined, b: Work | undefined): number {
  return weightOf(b) - weightOf(a) || Number(b?.kind === 'rewrites') - Number(a?.kind === 'rewrites')
}

function weightOf(work: Work | undefined): number {
  return work === undefined ? -1 : (work.bytes ?? 0)
}
