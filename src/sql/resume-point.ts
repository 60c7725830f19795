import { byHand, SAY_WHAT_BECAME } from '../model/by-hand.js'
import type { AppliedRecord } from '../model/history.js'
import type { Journal, StartedStatement } from '../model/journal.js'
import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import { unwrapDown } from './down-journal.js'
import { digestStatement, journalAt, NOTHING_DONE, parseJournal } from './journal-text.js'
import { positionOf } from './position.js'

/** Where a migration goes on, or why nobody but a person can tell. */
export type ResumePoint =
  | {
      readonly kind: 'from'
      readonly journal: Journal
      /** The statement, from 0, that somebody said is done, and of which nobody can tell what it set in its session. */
      readonly unknownSession?: number
    }
  | {
      readonly kind: 'refused'
      readonly message: string
      readonly help: string
      /** The statement it is about, from 0. */
      readonly statement?: number
      /** Whether the statement is done can not be found out. */
      readonly undecided?: true
    }

/**
 * Where a migration begins or goes on, by the row that an earlier run left. A statement that was cut off is left to the
 * catalog where its journal has `started`.
 *
 * @param record the version's row; undefined, or one that says nothing was done, is the beginning
 */
export function resumePoint(migration: RunnableMigration, record: AppliedRecord | undefined): ResumePoint {
  const beginning: ResumePoint = { kind: 'from', journal: NOTHING_DONE }
  if (!record || !LEFT.has(record.status)) return beginning
  if (record.version !== migration.file.version && (record.journal !== null || record.status !== 'failed'))
    return otherSpelling(record)
  if (record.journal === null) return record.status === 'failed' ? beginning : unjournaled(record)
  if (unwrapDown(record.journal) !== undefined)
    return refuse('It is undone in part: its rollback was cut off.', BACK)
  const journal = parseJournal(record.journal)
  if (!journal) return refuse('The journal in its row can not be read.', byHand(record.version))
  if (migration.mode === 'transaction' || !migration.statements)
    return journal.done === 0 && !mayBeDone(journal) ? anew(journal) : otherMode(record.version, journal)
  return goOn(migration, journal, migration.statements)
}

/** From its beginning, in one transaction; what the statement left that failed is settled before. */
function anew({ done, digest, started }: Journal): ResumePoint {
  const leaves = started?.state === 'failed' && started.trace && started.trace.kind !== 'repeatable'
  return { kind: 'from', journal: { done, digest, ...(leaves ? { started } : {}) } }
}

/** Rows of what was begun and not completed. */
const LEFT: ReadonlySet<string> = new Set(['running', 'failed', 'partial', 'unknown'])

const BACK =
  'Run rollback for it again, which goes on where it was; or finish by hand, and say with repair what it is now.'

const SESSION_GONE =
  'What it set in its session (search_path, role, settings) is gone, and is not set again: where the rest of the file needs that, write it as SET behind the statement.'

function refuse(message: string, help: string, statement?: number): ResumePoint {
  return { kind: 'refused', message, help, ...(statement === undefined ? {} : { statement }) }
}

function otherSpelling({ version, name }: AppliedRecord): ResumePoint {
  return refuse(
    `It is recorded as version ${version} (${name}), which is another spelling of this one.`,
    `Give the file its former name, so that the run can go on. Or: ${byHand(version)}`,
  )
}

function unjournaled({ version, status, statementsDone }: AppliedRecord): ResumePoint {
  const done = statementsDone === null ? '' : ` ${statementsDone} of its statements are known to be done.`
  return refuse(
    `It is recorded as ${status}, without a journal: it is being applied just now, or a run was cut off in it.${done}`,
    byHand(version),
  )
}

function mayBeDone({ started }: Journal): boolean {
  return started?.state === 'running' || started?.state === 'done'
}

function otherMode(version: string, { done }: Journal): ResumePoint {
  return refuse(
    `${done} of its statements are done, and as the file is now it would run from its beginning, in one transaction.`,
    `Declare -- devflow:no-transaction in it, or run with transaction: none, so that it goes on behind what is done. Or: ${byHand(version)}`,
  )
}

function goOn(
  migration: RunnableMigration,
  journal: Journal,
  statements: readonly RunnableStatement[],
): ResumePoint {
  const { done, started } = journal
  const { version } = migration.file
  if (done > statements.length || journalAt(migration, done).digest !== journal.digest)
    return edited(
      version,
      done === 1 ? 'its first statement, which is' : `its first ${done} statements, which are`,
    )
  const lost = statements.findIndex((statement, index) => index < done && statement.sessionOnly !== undefined)
  if (lost !== -1) return sessionOnly(version, lost, statements[lost]?.sessionOnly ?? '')
  return started ? fromStarted(migration, journal, started) : { kind: 'from', journal }
}

function edited(version: string, what: string): ResumePoint {
  return refuse(
    `The file was edited in ${what} done or may be.`,
    `Give that part of the file its former text, so that the run can go on behind it. Or: ${byHand(version)}`,
  )
}

function sessionOnly(version: string, index: number, what: string): ResumePoint {
  return refuse(
    `Statement ${index + 1} (${what}) is done, and what it made went with the session that was lost: what follows may need it.`,
    byHand(version),
    index,
  )
}

function fromStarted(migration: RunnableMigration, journal: Journal, started: StartedStatement): ResumePoint {
  const { started: _, ...reached } = journal
  const { done, session } = reached
  const { version } = migration.file
  const statement = migration.statements?.[done]
  const same = statement !== undefined && digestStatement(migration, statement) === started.digest
  switch (started.state) {
    case 'again':
      return { kind: 'from', journal: reached }
    case 'done':
      return same
        ? {
            kind: 'from',
            journal: { ...journalAt(migration, done + 1, journal), ...(session ? { session } : {}) },
            ...(maySet(statement) ? { unknownSession: done } : {}),
          }
        : edited(version, `statement ${done + 1}, which is`)
    case 'failed':
      return { kind: 'from', journal }
    case 'running':
      if (!same) return edited(version, `statement ${done + 1}, which is`)
      return statement.trace ? { kind: 'from', journal } : undecided(migration, statement, done)
  }
}

/** What the server alone carries out sets nothing; a procedure or a block may set anything. */
function maySet({ outside, trace }: RunnableStatement): boolean {
  return outside === undefined && trace === undefined
}

function undecided(migration: RunnableMigration, statement: RunnableStatement, index: number): ResumePoint {
  const { file, statements = [] } = migration
  const what = statement.judged ?? statement.outside ?? 'outside a transaction'
  const { line } = positionOf(file.text, statement.span)
  return {
    kind: 'refused',
    message: `Statement ${index + 1} of ${statements.length} (${what}, line ${line}) was cut off, or failed after it may have committed a part: the catalog does not show what is done of it.`,
    help: `Look in the database for what it does. ${maySet(statement) ? `${SESSION_GONE} ` : ''}${SAY_WHAT_BECAME}`,
    statement: index,
    undecided: true,
  }
}
