import type { RunnableMigration } from '../../model/plan.js'
import { composeMessage } from '../../sql/compose-message.js'
import type { MessageLayout } from '../../sql/locate-failure.js'
import { setMark } from '../../sql/mark.js'
import type { Work } from '../executor.js'
import { beginTransaction, closeFile } from './around-file.js'
import { resetAfter } from './record.js'

/** A migration's transaction as it stands in a message. */
export interface Block {
  readonly migration: RunnableMigration
  readonly layout: MessageLayout
  /** How many statements of the message are done when this transaction is about to begin, and when it is committed. */
  readonly begunAt: number
  readonly committedAt: number
}

/** One simple-query message of many transactions. */
export interface Batch {
  readonly sent: string
  readonly copies: readonly string[]
  readonly blocks: readonly Block[]
  /** Statements before the first block: those that make the tracking tables. */
  readonly prologue: number
  /** How many statements are done when all files are: what follows them is nobody's failure. */
  readonly done: number
}

/** What is around the files of a message. */
export interface Frame {
  /** SQL before the first file, with a transaction of its own. */
  readonly prologue: string
  /** SQL after the last file, with a transaction of its own. */
  readonly epilogue: string
  /** The mark set before the first file, where to read them all takes the server a while. Default: none. */
  readonly readMark?: string
  /** The mark set after the file with this place in the message. */
  readonly markOf: (index: number) => string
  /** Every commit waits for the server's disk, not only the last file's. */
  readonly waits?: boolean
}

/**
 * Each file in a transaction with its record: `BEGIN`, the record as `running`, the text, the record as `completed`,
 * `COMMIT`; then the session is set back. The checks stand in SQL and raise, so that the server itself refuses to commit
 * what is not as it should be, and goes on to nothing that follows.
 *
 * What is committed comes to the disk in that order, so the last file waits for all. One that does something which a crash
 * of the server would not take with its commit waits too.
 */
export function composeBatch(work: Work, migrations: readonly RunnableMigration[], frame: Frame): Batch {
  const message = composeMessage()
  message.own(frame.prologue)
  const prologue = message.statements
  if (frame.readMark !== undefined && takesReading(migrations))
    message.own(`BEGIN READ WRITE;\n${setMark(frame.readMark)}\nCOMMIT;`)
  const placed = migrations.map((migration, index) => {
    const begunAt = message.statements
    message.own(beginTransaction(work, migration))
    const layout = message.file(migration)
    const waits = frame.waits || index === migrations.length - 1 || !migration.staysInside
    message.own([closeFile(work, migration), ...(waits ? [] : [SOON]), 'COMMIT;'].join('\n'))
    const committedAt = message.statements
    message.own(`BEGIN READ WRITE;\n${setMark(frame.markOf(index))}\n${resetAfter(work)}\nCOMMIT;`)
    return { migration, layout, begunAt, committedAt }
  })
  const done = message.statements
  if (frame.epilogue) message.own(frame.epilogue)
  const { sent, copies } = message.seal()
  const blocks = placed.map((block) => ({ ...block, layout: { ...block.layout, sent } }))
  return { sent, copies, blocks, prologue, done }
}

/** The server reads a message whole before it begins. One that holds a single file is that file's to be read. */
function takesReading(migrations: readonly RunnableMigration[]): boolean {
  const length = migrations.reduce((sum, { text }) => sum + text.length, 0)
  return migrations.length > 1 && length > READ_AT_ONCE
}

const READ_AT_ONCE = 256 * 1024

/**
 * Nothing of the file runs behind it but deferred triggers that were deferred anew. What an event trigger does with what a
 * file defines is known to nobody: where there is one, the file waits.
 */
const SOON =
  "SELECT set_config('synchronous_commit', 'off', true) WHERE NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D');"
