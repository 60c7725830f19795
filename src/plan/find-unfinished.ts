import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import type { Journal } from '../model/journal.js'
import type { RunnableMigration } from '../model/plan.js'
import { versionKey } from '../model/version.js'
import { digestStatement } from '../sql/journal-text.js'
import { place } from '../sql/place.js'
import { type ResumePoint, resumePoint } from '../sql/resume-point.js'
import { type Forgotten, findForgotten, namesLeft } from './find-forgotten.js'

/** The migrations of a run, with what earlier runs did of them marked, and what is to be said of it. */
export interface Resumed {
  readonly migrations: readonly RunnableMigration[]
  readonly findings: readonly Finding[]
}

/**
 * Compares the migrations of a run with the rows that earlier runs left of them: an error where nobody can tell where to
 * go on, a notice where it can be told.
 */
export function findUnfinished(
  migrations: readonly RunnableMigration[],
  records: readonly AppliedRecord[],
): Resumed {
  const byVersion = new Map(records.map((record) => [versionKey(record.version), record]))
  const failed = findForgotten(records, [])
  const places = new Map(migrations.map(({ file }, index) => [versionKey(file.version), index]))
  const resumed = migrations
    .map((migration) => resume(migration, byVersion.get(versionKey(migration.file.version))))
    .map((one, index) => {
      const isAhead = ({ record }: Forgotten) => index < (places.get(versionKey(record.version)) ?? Infinity)
      return besideForgotten(one, namesLeft(failed.filter(isAhead)))
    })
  return {
    migrations: resumed.map(({ migration }) => migration),
    findings: resumed.flatMap(({ finding }) => finding ?? []),
  }
}

interface One {
  readonly migration: RunnableMigration
  readonly finding?: Finding
}

function resume(migration: RunnableMigration, record: AppliedRecord | undefined): One {
  const point = resumePoint(migration, record)
  if (point.kind === 'refused') return { migration, finding: refused(migration, point) }
  const { done, started } = point.journal
  if (done === 0 && !started) return { migration }
  const leftover = leavesIndex(migration, point.journal) ? { leftover: true as const } : {}
  // What runs in one transaction does not go on, it begins anew.
  if (migration.mode === 'transaction')
    return { migration: { ...migration, ...leftover }, finding: beginsAnew(migration) }
  const statements = migration.statements?.map((statement, index) => {
    if (index === done && started?.state === 'running') return { ...statement, begun: true as const }
    return index < done ? { ...statement, done: true as const } : statement
  })
  const reached = done > 0 ? { reached: point.journal } : {}
  return {
    migration: { ...migration, ...leftover, ...reached, ...(statements ? { statements } : {}) },
    finding: goesOn(migration, done, point.unknownSession),
  }
}

/** What another file left stands in the way of one that makes it anew, until it is taken away before the first of the run. */
function besideForgotten(one: One, names: readonly string[]): One {
  const { migration } = one
  const text = names.length > 0 ? migration.text.toLowerCase() : ''
  return names.some((name) => text.includes(name.toLowerCase()))
    ? { ...one, migration: { ...migration, leftover: true } }
    : one
}

/** Whether a build that failed may have left an index, which no longer is what the next statement begins with. */
function leavesIndex(migration: RunnableMigration, { done, started }: Journal): boolean {
  if (started?.state !== 'failed' || started.trace?.kind !== 'builds-index') return false
  const next = migration.statements?.[done]
  return next === undefined || digestStatement(migration, next) !== started.digest
}

function refused(migration: RunnableMigration, point: ResumePoint & { readonly kind: 'refused' }): Finding {
  const { file, statements = [] } = migration
  const statement = point.statement === undefined ? undefined : statements[point.statement]
  return {
    rule: 'unfinished-migration',
    severity: 'error',
    file: file.path,
    ...(statement ? place(file, statement.span) : {}),
    message: `Migration ${file.version} is not finished. ${point.message}`,
    help: point.help,
  }
}

function beginsAnew({ file }: RunnableMigration): Finding {
  return {
    rule: 'unfinished-migration',
    severity: 'notice',
    file: file.path,
    message: `A statement outside a transaction failed in ${file.name} in an earlier run, and the file was edited since: it runs from its beginning, in one transaction.`,
    help: 'Nothing is to be done: what the statement left is looked up in the catalog, and taken away first.',
  }
}

function goesOn(
  { file, statements = [] }: RunnableMigration,
  done: number,
  unknownSession: number | undefined,
): Finding {
  const next = statements[done]
  const where = next
    ? `it goes on at statement ${done + 1} of ${statements.length}`
    : 'all its statements are done, and only its record is missing'
  const found = {
    rule: 'unfinished-migration',
    file: file.path,
    ...(next ? place(file, next.span) : {}),
  } as const
  const message = `An earlier run ended in ${file.name}: ${where}.`
  if (next === undefined || unknownSession === undefined)
    return {
      ...found,
      severity: 'notice',
      message,
      help: 'Nothing is to be done: what was cut off is looked up in the catalog first.',
    }
  const { judged = 'which was cut off' } = statements[unknownSession] ?? {}
  return {
    ...found,
    severity: 'warning',
    message: `${message} What statement ${unknownSession + 1} (${judged}) set in its session can not be known any more, so the session is set as it was before that statement.`,
    help: 'Where the rest of the file needs another search_path, role or setting, write it as SET behind that statement before you run.',
  }
}
