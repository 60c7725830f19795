import type { Failure } from '../../../model/outcome.js'
import type { RunnableMigration } from '../../../model/plan.js'
import type { Reply, Session } from '../../../model/session.js'
import { composeMessage } from '../../../sql/compose-message.js'
import { copiesOf } from '../../../sql/copies-of.js'
import { fillIn } from '../../../sql/fill-in.js'
import { layOutPieces } from '../../../sql/lay-out-pieces.js'
import { resetSessionTo } from '../../../sql/session-reset.js'

/** The code of a file that could not be sent at all: its message is a clause. */
export const UNSENDABLE = 'not-sent'

/**
 * Runs one file on a database that is thrown away, as it is applied elsewhere: in a transaction, or statement by statement.
 * Nothing is recorded.
 *
 * @param settings SQL that sets the session up, sent before
 */
export async function replayFile(
  session: Session,
  migration: RunnableMigration,
  settings: string,
): Promise<Failure | undefined> {
  const unsendable = whyUnsendable(migration)
  if (unsendable !== undefined) return { code: UNSENDABLE, message: unsendable }
  await session.send(resetSessionTo(settings))
  const error = await replay(session, migration)
  return error && { code: error.code, message: error.message }
}

function whyUnsendable({ unreadable, statements, pieces, placeholders = [], fills }: RunnableMigration) {
  if (!statements && !pieces) return unreadable ?? 'it can not be read'
  const unknown = placeholders.length > (fills?.length ?? 0)
  return unknown ? `the value of ${placeholders[0]?.name} is not known` : undefined
}

async function replay(session: Session, migration: RunnableMigration): Promise<Reply['error']> {
  if (migration.mode === 'no-transaction' && migration.statements) return alone(session, migration)
  const error = migration.pieces ? await inPieces(session, migration) : await whole(session, migration)
  if (error) await session.send('ROLLBACK;')
  return error
}

async function whole(session: Session, migration: RunnableMigration): Promise<Reply['error']> {
  const message = composeMessage()
  message.own('BEGIN;')
  message.file(migration)
  message.own('COMMIT;')
  const { sent, copies } = message.seal()
  return (await session.send(sent, { keepRows: false, copies })).error
}

async function inPieces(session: Session, migration: RunnableMigration): Promise<Reply['error']> {
  await session.send('BEGIN;')
  for (const { sent, copies } of layOutPieces(migration)) {
    const { error } = await session.send(sent, { keepRows: false, copies })
    if (error) return error
  }
  return (await session.send('COMMIT;')).error
}

async function alone(session: Session, migration: RunnableMigration): Promise<Reply['error']> {
  for (const statement of migration.statements ?? []) {
    const { start, end } = statement.span
    const { sql } = fillIn(migration.text.slice(start, end), start, migration)
    const copies = copiesOf(migration, [statement])
    const { error } = await session.send(sql, { keepRows: false, copies })
    if (error) return error
  }
  return undefined
}
