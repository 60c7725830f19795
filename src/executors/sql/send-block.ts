import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { MessageLayout } from '../../sql/locate-failure.js'
import { AS_OURSELVES } from '../../sql/session-reset.js'
import type { Work } from '../executor.js'
import { recordOf, timeoutsOf } from './record.js'

/** The answer, and how the file's text stood in the message that was answered. */
export interface SentBlock {
  readonly reply: Reply
  readonly layout: MessageLayout
  /** The file ended the transaction around it: what it did until then may be kept, whatever failed afterwards. */
  readonly ended: boolean
}

/**
 * A transaction that holds a migration and its record, in one turn: `BEGIN`, the record as `running`, the file's text,
 * the record as `completed`, `COMMIT`. The checks stand in SQL and raise, so that the server itself refuses to commit
 * what is not as it should be. Deferred constraints are checked before COMMIT, where their error still has a file.
 */
export async function sendBlock(work: Work, migration: RunnableMigration): Promise<SentBlock> {
  const before = beginBlock(work, migration)
  const after = endBlock(work, migration)
  // Text that the parser could not read may swallow what follows it, so it stands in a message of its own.
  if (!migration.statements) return sendInParts(work, before, migration.text, after)
  const sent = `${before}${migration.text}\n;\n${after}`
  const reply = await work.session.send(sent, { keepRows: false })
  const layout = { ...layOut(sent, before.length, migration), statementsBefore: STATEMENTS_BEFORE }
  return { reply, layout, ended: endedEarly(reply, migration.statements.length) }
}

/** In no transaction any more, although our COMMIT was not reached. */
function endedEarly({ error, state, completed }: Reply, statements: number): boolean {
  const untilCommit = STATEMENTS_BEFORE + statements + STATEMENTS_AFTER
  return error !== undefined && state === 'I' && completed > 0 && completed < untilCommit
}

function beginBlock(work: Work, migration: RunnableMigration): string {
  const { lockMs, statementMs } = timeoutsOf(work, migration)
  return `BEGIN;
SET LOCAL search_path = pg_catalog;
${work.bookkeeping.start(recordOf(work, migration))}
RESET search_path;
SET LOCAL lock_timeout = ${lockMs};
SET LOCAL statement_timeout = ${statementMs};
`
}

/** Statements of a block before the file's own: BEGIN, SET, the record, RESET and two SETs. */
const STATEMENTS_BEFORE = 6

function endBlock(work: Work, migration: RunnableMigration): string {
  return `SET CONSTRAINTS ALL IMMEDIATE;\n${AS_OURSELVES}\n${work.bookkeeping.complete(recordOf(work, migration))}\nCOMMIT;`
}

/** Statements of a block between the file's own and COMMIT: SET CONSTRAINTS, four settings and the record. */
const STATEMENTS_AFTER = 6

/** The savepoint is there as long as the transaction is ours, whatever the file does: nothing else can tell. */
async function sendInParts(work: Work, before: string, text: string, after: string): Promise<SentBlock> {
  const layout: MessageLayout = {
    sent: text,
    bodyStart: 0,
    fileStart: 0,
    length: text.length,
    statementsBefore: 0,
    firstStatement: 0,
  }
  const elsewhere: MessageLayout = { ...layout, sent: '', length: 0 }
  const begun = await work.session.send(`${before}SAVEPOINT devflow_file;`)
  if (begun.error) return { reply: begun, layout: elsewhere, ended: false }
  const body = await work.session.send(text, { keepRows: false })
  const reply = body.error ? body : await work.session.send(after)
  const ended = reply.error !== undefined && reply.state !== 'lost' && !(await isOurs(work))
  return { reply, layout: body.error ? layout : elsewhere, ended }
}

async function isOurs(work: Work): Promise<boolean> {
  const reply = await work.session.send('ROLLBACK TO SAVEPOINT devflow_file;')
  return reply.error === undefined
}

function layOut(
  sent: string,
  bodyStart: number,
  migration: RunnableMigration,
): Omit<MessageLayout, 'statementsBefore'> {
  return {
    sent,
    bodyStart,
    fileStart: 0,
    length: migration.text.length,
    firstStatement: 0,
    ...(migration.statements ? { statementCount: migration.statements.length } : {}),
  }
}
