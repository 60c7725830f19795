import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { findCulprit } from '../../sql/find-culprit.js'
import { locateFailure } from '../../sql/locate-failure.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import { isAtTables } from '../../sql/session-limit.js'
import type { Part, Share } from './compose-together.js'
import type { Stop } from './reached.js'
import { lost, stillOpen } from './read-reply.js'

/**
 * What the answer to one of several messages that share a transaction stops; undefined where the next can follow, or all
 * is committed.
 *
 * @param group the files of the transaction
 * @param through how many of them are through by their marks
 */
export function readPart(
  reply: Reply,
  part: Part,
  group: readonly RunnableMigration[],
  through: number,
): Stop | undefined {
  const { shares, prologue, committedAt } = part
  if (isAtTables(reply, prologue)) return { kind: 'no-tables', refused: reply.error }
  if (reply.state === 'lost') {
    const at = shares.findLast(({ index, begunAt }) => index === through && begunAt <= reply.completed)
    const [migration = at?.migration] = group.slice(through, through + 1)
    const ahead = Math.min(through, group.length - 1)
    // Their COMMIT is the last one's: until then the transaction may be ended for what it did.
    return {
      ...lost(reply, migration && { migration, layout: at?.layout }),
      at: migration ?? group[ahead],
      ahead,
    }
  }
  if (!reply.error) {
    if (reply.state === (committedAt === undefined ? 'T' : 'I')) return undefined
    const ahead = shares.at(-1)?.index ?? 0
    return isEnded(reply, part) ? { kind: 'ended', failure: endedByItself, ahead } : stillOpen(reply)
  }
  if (committedAt !== undefined && reply.completed >= committedAt) return undefined
  if (reply.completed < prologue) return { kind: 'no-tables' }
  const share = findFailing(reply, part)
  if (!share) return stillOpen(reply)
  const failure = locateFailure(reply, share.migration, share.layout)
  if (isEnded(reply, part)) return { kind: 'ended', failure, ahead: share.index }
  return { kind: 'failed', failure, state: 'failed', ahead: share.index }
}

/** In no transaction any more, although our COMMIT was not reached. What the parser could not read may have begun another. */
function isEnded({ error, state, completed }: Reply, { unread, shares, committedAt }: Part): boolean {
  if (!error) return unread || (state === 'I' && committedAt === undefined)
  return state === 'I' && completed >= (shares[0]?.begunAt ?? 0) && completed + 1 !== committedAt
}

/** What a file did until it ended the transaction that holds it is kept, or was undone by it: only history can tell. */
export const endedByItself: Failure = {
  code: CHECK_FAILED.record,
  message: 'the file ended the transaction that holds it and its record: what it did until then is kept',
}

/** A message that the server could not read is refused as a whole: then only the position tells where. */
function findFailing(reply: Reply, { sent, shares }: Part): Share | undefined {
  const texts = shares.filter(({ layout }) => layout.length > 0)
  const culprit = reply.completed === 0 ? findCulprit(reply, sent, texts) : undefined
  if (culprit !== undefined) return texts[culprit]
  return shares.findLast(({ begunAt }) => begunAt <= reply.completed) ?? shares[0]
}
