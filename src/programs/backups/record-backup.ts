import { recordEvent, type Told } from '../../database/history/record-event.js'
import { lineOf } from '../connecting/reconnect.js'
import { writerOf } from '../recording/writer-of.js'
import type { Way } from '../way.js'

/**
 * Adds to the history what became of a backup, in a transaction of its own, on the session that holds the lock. The tables
 * are made for it where they are missing.
 *
 * @returns why it could not be recorded, where it could not
 */
export async function recordBackup(
  run: Way,
  told: Omit<Told, 'action' | 'version'>,
): Promise<string | undefined> {
  const { session, known, config } = run
  const { bookkeeping } = lineOf(run, session, known)
  const event = recordEvent(known.target, writerOf(run), { ...told, action: 'backup', version: '' })
  const sql = [
    'BEGIN READ WRITE;',
    'SET LOCAL search_path = pg_catalog, pg_temp;',
    'SET LOCAL statement_timeout = 0;',
    bookkeeping.ensure,
    `${event};`,
    bookkeeping.lockHeld,
    'COMMIT;',
  ]
  const { error, state } = await session.send(sql.filter(Boolean).join('\n'))
  if (error && (state === 'E' || state === 'T')) await session.send('ROLLBACK;')
  return error && config.redact(error.message)
}
