import type { CommentResult } from '../../model/comment.js'
import { given } from '../approvals/json-shape.js'
import type { CommentWay } from './comment-way.js'
import type { Decision } from './decide-comment.js'
import { explainCommentFailure } from './explain-comment-failure.js'
import { patchComment } from './patch-comment.js'

/** Lets a newer comment be, and marks it where its branch has moved on from it too. */
export async function leaveComment(
  way: CommentWay,
  { there, moved }: Extract<Decision, { kind: 'leave' }>,
): Promise<CommentResult> {
  const { place, comment, isFork } = way
  const { body, url } = there.facts
  const told = {
    message: `Pull request ${place.number} keeps a comment that is newer than this run’s: it is for commit ${there.marker.commitSha.slice(0, 7)}, this run for commit ${place.commitSha.slice(0, 7)}.`,
    help: 'Look at the newest run. The summary of this one has all that it found.',
  }
  const marked = moved === undefined ? body : comment.outdated(body, moved)
  const { failure } = marked === body ? {} : await patchComment(way, there, marked)
  const done = 'marked as out of date'
  const failed = failure === undefined ? [] : [explainCommentFailure(failure, place, { isFork, done })]
  return { state: 'left', ...given('url', url), notes: [told, ...failed] }
}
