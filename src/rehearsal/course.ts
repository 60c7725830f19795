import { randomInt } from 'node:crypto'
import type { Measured } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { type LeftStatement, leftOutOf } from './left-out.js'
import { describeStatement } from './measuring/describe-statement.js'
import type { Known } from './measuring/known.js'
import type { Probe } from './measuring/probe.js'
import type { LoggedRun } from './measuring/run-log.js'
import type { Past } from './past.js'
import type { Rehearsal } from './rehearsal.js'

/** A rehearsal on its way. */
export interface Course {
  readonly rehearsal: Rehearsal
  /** One for each migration, filled as they are reached. */
  readonly results: Rehearsed[]
  /** Statements that are not sent, of those migrations that have some. */
  readonly left: ReadonlyMap<RunnableMigration, readonly LeftStatement[]>
  readonly past: Past
  /** Index of the next migration. */
  next: number
  /** The transaction is open, or the tracking tables are made where each file has its own. */
  opened: boolean
  /** Those that are not sent together with others: the server could not read a message that held them. */
  readonly alone: Set<RunnableMigration>
  readonly measuring: Measuring
}

/** What is asked of the server besides, and what it has told. */
export interface Measuring {
  /** Of the advisory locks that probes find their place by. */
  readonly key: number
  log: LoggedRun[]
  /** How many statements were asked about. */
  asked: number
  /** Nothing is asked any more. */
  ended: boolean
  /** What was there before, where that can't be asked afterwards. */
  before?: { readonly known: Known; readonly probe: Probe; newest: number }
}

/** At the first migration, nothing done. */
export function beginCourse(rehearsal: Rehearsal): Course {
  const left = rehearsal.migrations.map((migration) => [migration, leftOutOf(migration, rehearsal)] as const)
  return {
    rehearsal,
    results: rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' })),
    left: new Map(left.filter(([, statements]) => statements.length > 0)),
    past: { leftOut: [], escaped: [], notRun: [] },
    next: 0,
    opened: false,
    alone: new Set(),
    measuring: { key: randomInt(1, 2 ** 31), log: [], asked: 0, ended: false },
  }
}

/** What a rehearsal showed, apart from what it is about. */
export type Shown = Pick<Rehearsed, 'state' | 'reason' | 'failure' | 'left'>

function resultOf(migration: RunnableMigration, shown: Shown, durationMs = 0): Rehearsed {
  const { version, name, path } = migration.file
  return { version, name, path, durationMs, ...shown }
}

/** Enters what the next migration showed, and tells. */
export function enter(course: Course, shown: Shown, durationMs = 0): void {
  const { rehearsal, results, next } = course
  const migration = rehearsal.migrations[next]
  if (!migration) return
  const left = listLeft(course, migration)
  const rehearsed = resultOf(migration, { ...shown, ...(left.length > 0 ? { left } : {}) }, durationMs)
  results[next] = rehearsed
  course.next++
  rehearsal.observe({ kind: 'rehearsed', rehearsed, index: next + 1, count: results.length })
}

/** A file's own BEGIN and COMMIT are nothing that would be missed. */
function listLeft({ left, rehearsal }: Course, migration: RunnableMigration): NonNullable<Rehearsed['left']> {
  const { redact } = rehearsal
  return (left.get(migration) ?? [])
    .filter(({ statement }) => statement.control === undefined)
    .map(({ index, reason }) => ({
      ...describeStatement(migration, index, redact),
      reason: redact(reason),
    }))
}

/** The results with what was measured. */
export function withMeasured(
  { results, rehearsal }: Course,
  measured: ReadonlyMap<RunnableMigration, readonly Measured[]>,
): Rehearsed[] {
  return results.map((result, index) => {
    const migration = rehearsal.migrations[index]
    const found = migration ? measured.get(migration) : undefined
    return found ? { ...result, measured: found } : result
  })
}
