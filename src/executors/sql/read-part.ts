import type { Failure } from '../../model/outcome.js'
import type { Reply } from '../../model/session.js'
import { findCulprit } from '../../sql/find-culprit.js'
import { locateFailure } from '../../sql/locate-failure.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import type { Part, Share } from './compose-together.js'
import type { Stop } from './reached.js'
import { lost, stillOpen } from './read-reply.js'

/**
 * What the answer to one of several messages that share a transaction stops; undefined where the next can follow, or all
 * is committed.
 */
export function readPart(reply: Reply, part: Part): Stop | undefined {
  const { shares, prologue, committedAt, unread } = part
  if (reply.state === 'lost') return lost(reply, shares[0]?.migration)
  if (!reply.error) {
    if (reply.state === (committedAt === undefined ? 'T' : 'I')) return undefined
    return unread ? { kind: 'ended', failure: endedByItself, ahead: shares[0]?.index ?? 0 } : stillOpen(reply)
  }
  if (committedAt !== undefined && reply.completed >= committedAt) return undefined
  if (reply.completed < prologue) return { kind: 'no-tables' }
  const share = findFailing(reply, part)
  if (!share) return stillOpen(reply)
  const failure = locateFailure(reply, share.migration, share.layout)
  return { kind: 'failed', failure, state: 'failed', ahead: share.index }
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
