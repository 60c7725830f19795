import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { layOutPieces } from '../../sql/lay-out-pieces.js'
import type { MessageLayout } from '../../sql/locate-failure.js'
import type { Work } from '../executor.js'
import { send } from './send.js'

/** The last answer, and how the file's text stood in the message that was answered. */
export interface SentPieces {
  readonly reply: Reply
  readonly layout: MessageLayout
  /** The file ended the transaction around it: what it did until then may be kept, whatever failed afterwards. */
  readonly ended: boolean
}

/**
 * Sends a large file, or one that the parser could not read in full, in one transaction and a message a piece. Text that
 * the parser could not read may swallow what follows it, so nothing of ours stands in a message with it.
 *
 * @param before opens the transaction and records the file as running
 * @param after records it as completed and commits
 */
export async function sendPieces(
  work: Work,
  migration: RunnableMigration,
  before: string,
  after: string,
): Promise<SentPieces> {
  const begun = await work.session.send(`${before}\n${SAVEPOINT}`)
  if (begun.error) return { reply: begun, layout: NOWHERE, ended: false }
  for (const layout of layOutPieces(migration)) {
    const { reply } = await send(work, layout.sent, { copies: layout.copies })
    if (reply.error) return { reply, layout, ended: await isEnded(work, reply) }
  }
  const reply = await work.session.send(after)
  return { reply, layout: NOWHERE, ended: await isEnded(work, reply) }
}

const SAVEPOINT = 'SAVEPOINT devflow_file;'

/** What failed is no part of the file. */
const NOWHERE: MessageLayout = {
  sent: '',
  bodyStart: 0,
  fileStart: 0,
  length: 0,
  statementsBefore: 0,
  firstStatement: 0,
}

/** The savepoint is there as long as the transaction is ours, whatever the file does: nothing else can tell. */
async function isEnded(work: Work, { error, state }: Reply): Promise<boolean> {
  if (!error || state === 'lost') return false
  const back = await work.session.send('ROLLBACK TO SAVEPOINT devflow_file;')
  return back.error !== undefined
}
