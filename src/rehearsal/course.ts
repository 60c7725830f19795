import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Past } from './past.js'
import type { Rehearsal } from './rehearsal.js'

/** A rehearsal on its way. */
export interface Course {
  readonly rehearsal: Rehearsal
  /** One for each migration, filled as they are reached. */
  readonly results: Rehearsed[]
  readonly past: Past
  /** Index of the next migration. */
  next: number
  /** The transaction is open. */
  opened: boolean
  /** Those that are not sent together with others: the server could not read a message that held them. */
  readonly alone: Set<RunnableMigration>
}

/** At the first migration, nothing done. */
export function beginCourse(rehearsal: Rehearsal): Course {
  return {
    rehearsal,
    results: rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' })),
    past: { leftOut: [], notRun: [] },
    next: 0,
    opened: false,
    alone: new Set(),
  }
}

/** What a rehearsal showed, apart from what it is about. */
export type Shown = Pick<Rehearsed, 'state' | 'reason' | 'failure'>

function resultOf(migration: RunnableMigration, shown: Shown, durationMs = 0): Rehearsed {
  const { version, name, path } = migration.file
  return { version, name, path, durationMs, ...shown }
}

/** Enters what the next migration showed, and tells. */
export function enter(course: Course, shown: Shown, durationMs = 0): void {
  const { rehearsal, results, next } = course
  const migration = rehearsal.migrations[next]
  if (!migration) return
  const rehearsed = resultOf(migration, shown, durationMs)
  results[next] = rehearsed
  course.next++
  rehearsal.observe({ kind: 'rehearsed', rehearsed, index: next + 1, count: results.length })
}
