import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { findCulprit } from '../../sql/find-culprit.js'
import { locateFailure, type MessageLayout } from '../../sql/locate-failure.js'
import { isAtTables } from '../../sql/session-limit.js'
import type { Batch, Block } from './compose-batch.js'
import { endedAt, UNFIT } from './is-loss.js'
import type { Reached, Stop } from './reached.js'

/**
 * How far a message of migrations came, each in a transaction, from the server's answer.
 *
 * @param told how many are known to be committed by their marks
 */
export function readReply(reply: Reply, { blocks, prologue, done, sent }: Batch, told: number): Reached {
  if (reply.error && reply.state !== 'lost' && reply.completed >= done) return { applied: blocks.length }
  if (!reply.error)
    return reply.state === 'I' ? { applied: blocks.length } : { applied: 0, stop: stillOpen(reply) }
  const committed = blocks.filter((block) => block.committedAt <= reply.completed).length
  if (isAtTables(reply, prologue)) return { applied: 0, stop: { kind: 'no-tables', refused: reply.error } }
  if (reply.state === 'lost') return { applied: told, stop: lost(reply, blockAtWork(reply, blocks)) }
  if (reply.completed < prologue) return { applied: 0, stop: { kind: 'no-tables' } }
  if (reply.completed === 0 && blocks.length > 1)
    return { applied: 0, stop: { kind: 'refused', culprit: findCulprit(reply, sent, blocks) } }
  const failing = firstOpen(reply, blocks)
  const block = blocks[failing]
  // Between two files, or after the last: what failed is setting the session back.
  if (!block) return { applied: committed, stop: notSetBack(reply) }
  return { applied: committed, stop: { ...failed(reply, block), ahead: failing - committed } }
}

/**
 * When the server says that it ends the session, it has answered all before; between two files nobody is at work then. Of one that
 * fell silent, answers may have been on their way: that far it was at least.
 */
function blockAtWork(reply: Reply, blocks: readonly Block[]): Block | undefined {
  if (reply.error && endedAt(reply.error)) return blocks[firstOpen(reply, blocks)]
  return blocks.find(({ committedAt }) => reply.completed < committedAt)
}

function firstOpen({ completed }: Reply, blocks: readonly Block[]): number {
  return blocks.findIndex((block) => block.begunAt <= completed && completed < block.committedAt)
}

type Failed = Extract<Stop, { kind: 'failed' }>

function failed(reply: Reply, { migration, layout, begunAt, committedAt }: Block): Failed {
  // In no transaction any more, although our COMMIT was not reached.
  const ended = reply.state === 'I' && reply.completed > begunAt && reply.completed < committedAt - 1
  const failure = locateFailure(reply, migration, layout)
  return { kind: 'failed', failure, state: ended ? 'partial' : 'failed' }
}

/** What was being applied, and where it stands in the message. */
interface AtWork {
  readonly migration: RunnableMigration
  readonly layout?: MessageLayout | undefined
}

/** The connection is gone, and which of what was sent is done has to be read. */
export function lost(reply: Reply, at: AtWork | undefined, ahead = 0): Extract<Stop, { kind: 'lost' }> {
  const { error } = reply
  const ended = error && endedAt(error)
  const located =
    ended && at?.layout ? locateFailure(reply, at.migration, at.layout) : { message: error?.message ?? '' }
  if (ended && error.limit)
    return { kind: 'lost', failure: { ...located, ...ended }, at: at?.migration, ahead }
  const file = at ? ` while ${at.migration.file.name} was being applied` : ''
  const message = `the connection was lost${file}: ${located.message}`
  const failure = { ...located, code: 'connection-lost', ...ended, message }
  return { kind: 'lost', failure, at: at?.migration, ahead }
}

/** The session is not as it must be after what was sent. */
export function stillOpen({ state }: Reply): Stop {
  return {
    kind: 'lost',
    failure: { code: UNFIT, message: `the session is in state ${state} after all transactions were ended` },
  }
}

function notSetBack({ error }: Reply): Stop {
  const reason = error?.message ?? 'the server gave no reason'
  return {
    kind: 'not-set-back',
    failure: { code: UNFIT, message: `the session could not be set back: ${reason}` },
  }
}
