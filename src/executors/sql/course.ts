import type { Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { explainStatementLimit } from '../../sql/session-limit.js'
import type { Work } from '../executor.js'
import type { OwnEnd } from './same-end.js'
import type { Tries } from './wait-to-retry.js'

/** A run of the executor on its way: where it is, and on which connection. */
export interface Course {
  /** Replaced by one with another connection when that is lost. */
  work: Work
  /** One for each migration, filled as they are reached. */
  readonly outcomes: Outcome[]
  /** Index of the next migration. */
  next: number
  /** The tracking tables are as they must be. */
  ensured: boolean
  /** That the run begins is recorded, where it is to be. */
  begun: boolean
  /** What the schema is after the last migration is recorded. */
  recorded: boolean
  /** Connections lost in a row without anything applied between them. */
  losses: number
  /** How often a crash took what was applied before. */
  takenBack: number
  /** How the last of them ended, where that need not have come from outside. */
  ended?: OwnEnd | undefined
  /** So many are applied by what history said when a connection was lost last. */
  confirmed: number
  /** Every commit waits for the server's disk, not only the last of a message: as soon as it may have crashed. */
  waits: boolean
  readonly tries: Map<RunnableMigration, TriesOfOne>
  /** Those that are not sent together with others: the server refused a message that held them. */
  readonly alone: Set<RunnableMigration>
}

interface TriesOfOne extends Tries {
  /** When it was begun, before it failed for the first time, in milliseconds since 1970. */
  begunAt: number
  /** When that was told first, be its connection lost since. Absent before it is told, and once its end is. */
  toldAt?: number | undefined
}

/** At the first migration, nothing done. */
export function beginCourse(work: Work): Course {
  return {
    work,
    outcomes: work.migrations.map(notRun),
    next: 0,
    ...beforeFirst(work),
    recorded: false,
    losses: 0,
    takenBack: 0,
    confirmed: 0,
    waits: work.waits ?? false,
    tries: new Map(),
    alone: new Set(),
  }
}

/** What of that which comes before the first migration is needless on this connection. */
export function beforeFirst({ bookkeeping }: Pick<Work, 'bookkeeping'>): Pick<Course, 'ensured' | 'begun'> {
  return { ensured: bookkeeping.ensure === '', begun: bookkeeping.begins === '' }
}

/** The outcome of a migration before it is reached. */
export function notRun(migration: RunnableMigration): Outcome {
  const { version, name, path } = migration.file
  return { version, name, path, state: 'not-run', durationMs: 0, mode: migration.mode, attempts: 0 }
}

/** How often a migration was tried, and since when. */
export function triesOf({ tries }: Course, migration: RunnableMigration): TriesOfOne {
  const known = tries.get(migration) ?? { count: 1, begunAt: Date.now() }
  tries.set(migration, known)
  return known
}

/** Enters what became of a migration, and tells. */
export function enter(course: Course, index: number, outcome: Partial<Outcome>): void {
  const { work, outcomes } = course
  const migration = work.migrations[index]
  if (!migration) return
  const tries = triesOf(course, migration)
  // A crash may take it back: that is another beginning.
  tries.toldAt = undefined
  const attempts = tries.count
  const whole = { ...notRun(migration), attempts, ...explained(course, migration, outcome) }
  outcomes[index] = whole
  work.observe({ kind: 'applied', outcome: whole, index: index + 1, count: outcomes.length })
}

/** A statement that took too long is told with the limit, and who set that. */
function explained(
  { work: { signal, timeouts } }: Course,
  { file, text }: RunnableMigration,
  outcome: Partial<Outcome>,
): Partial<Outcome> {
  const { failure, durationMs: spentMs = 0 } = outcome
  if (!failure || failure.hint || signal.aborted) return outcome
  const said = { run: timeouts, file: file.directives.timeouts, spentMs }
  const hint = explainStatementLimit(failure, said, text)
  return hint === undefined ? outcome : { ...outcome, failure: { ...failure, hint } }
}

/** Tells that a migration is being applied; what was sent together is begun one after the other. */
export function announce(course: Course, index: number): void {
  const { work, outcomes } = course
  const migration = work.migrations[index]
  if (!migration) return
  const tries = triesOf(course, migration)
  if (tries.failedAt === undefined) tries.begunAt = Date.now()
  tries.toldAt ??= Date.now()
  work.observe({ kind: 'applying', name: migration.file.name, index: index + 1, count: outcomes.length })
}
