import type { Measured } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { type HeldLock, makeHeldLocks } from './held-locks.js'
import { sizesByRelation } from './relation-sizes.js'
import { isGrave, makeTouched, type Touched } from './touched.js'

/** One file of the rehearsal with what there is to say of it. */
export interface RehearsalFile {
  readonly rehearsed: Rehearsed
  readonly statements: readonly RehearsedStatement[]
  /** The worst of its strong locks. */
  readonly worst: HeldLock | undefined
  /** Whoever approves should read it. */
  readonly isGrave: boolean
}

export interface RehearsedStatement {
  readonly measured: Measured
  readonly touched: readonly Touched[]
  /** Its strong locks by relation. */
  readonly held: ReadonlyMap<string, HeldLock>
  readonly isGrave: boolean
}

/** The files that were reached: first what failed, then those with the worst locks, then what else is worth knowing. */
export function makeRehearsalFiles(report: Report): RehearsalFile[] {
  const sizes = sizesByRelation(report)
  const locks = makeHeldLocks(report)
  const ofStatement = groupLocks(locks, ({ statement }) => statement)
  const ofFile = groupLocks(locks, ({ rehearsed }) => rehearsed)
  const places = new Map(locks.map((lock, index) => [lock, index]))
  return report.rehearsal
    .filter(({ state }) => state !== 'not-run')
    .map((rehearsed): RehearsalFile => {
      const statements = (rehearsed.measured ?? []).map((measured) =>
        makeStatement(measured, makeTouched(measured, sizes), ofStatement.get(measured) ?? []),
      )
      const worst = ofFile.get(rehearsed)?.[0]
      return { rehearsed, statements, worst, isGrave: isGraveFile(rehearsed, statements) }
    })
    .map((file) => ({ file, rank: rankOf(file, (lock) => places.get(lock) ?? 0, locks.length) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ file }) => file)
}

/** Of each the locks in their order, the worst first. */
function groupLocks<Key>(locks: readonly HeldLock[], keyOf: (lock: HeldLock) => Key): Map<Key, HeldLock[]> {
  const groups = new Map<Key, HeldLock[]>()
  for (const lock of locks) {
    const group = groups.get(keyOf(lock))
    if (group === undefined) groups.set(keyOf(lock), [lock])
    else group.push(lock)
  }
  return groups
}

function makeStatement(
  measured: Measured,
  touched: readonly Touched[],
  locks: readonly HeldLock[],
): RehearsedStatement {
  return {
    measured,
    touched,
    held: new Map(locks.map((lock) => [lock.relation, lock])),
    isGrave: touched.some(isGrave) || measured.dropped.length > 0,
  }
}

function isGraveFile({ state, left = [] }: Rehearsed, statements: readonly RehearsedStatement[]): boolean {
  return state !== 'rehearsed' || left.length > 0 || statements.some((statement) => statement.isGrave)
}

function rankOf(file: RehearsalFile, placeOf: (lock: HeldLock) => number, last: number): number {
  if (file.rehearsed.state === 'failed') return -1
  if (!file.isGrave) return last + 1
  return file.worst === undefined ? last : placeOf(file.worst)
}
