import type { PullRequestFacts } from '../../model/approval-facts.js'
import type { CommentMarker, Moved } from '../../model/comment.js'
import type { Marked } from './find-marked.js'

export type Decision =
  /** `moved`: the branch has got commits since, which the comment has to say. */
  | { readonly kind: 'write'; readonly moved?: Moved }
  /** What is there was made later, or for a newer commit. `moved`: it is out of date all the same. */
  | { readonly kind: 'leave'; readonly there: Marked; readonly moved?: Moved }

/**
 * Whether a run writes its comment, beside one that is there. Runs end in another order than they began in, and the one that
 * ends last may know the least.
 *
 * @param pull undefined where it can not be read: then nobody knows that the branch has moved on
 */
export function decideComment(
  ours: CommentMarker,
  there: Marked | undefined,
  pull: Pick<PullRequestFacts, 'headSha' | 'mergeSha'> | undefined,
): Decision {
  const moved = movedSince(ours, pull)
  const write: Decision = { kind: 'write', ...(moved === undefined ? {} : { moved }) }
  if (there === undefined) return write
  const isOfCommit = there.marker.commitSha === ours.commitSha
  if (!isOfCommit && moved === undefined) return write
  const movedThere = movedSince(there.marker, pull)
  const isNewer = Date.parse(there.marker.startedAt) > Date.parse(ours.startedAt)
  if (!isNewer && (isOfCommit || movedThere !== undefined)) return write
  return { kind: 'leave', there, ...(movedThere === undefined ? {} : { moved: movedThere }) }
}

/** The merge that GitHub tried, or made, is of the newest commit. */
function movedSince(
  { commitSha }: CommentMarker,
  pull: Pick<PullRequestFacts, 'headSha' | 'mergeSha'> | undefined,
): Moved | undefined {
  if (pull === undefined || [pull.headSha, pull.mergeSha].includes(commitSha)) return undefined
  return { commitSha, headSha: pull.headSha }
}
