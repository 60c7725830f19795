import type { Problem } from '../../model/problem.js'
import type { CommentWay } from './comment-way.js'
import { explainCommentFailure } from './explain-comment-failure.js'
import type { Marked } from './find-marked.js'
import { isOwn } from './is-own.js'

/**
 * Deletes comments that another one took the place of: earlier ones, and those of jobs that raced. Only what is certain to
 * be of the account goes.
 *
 * @returns why one is still there
 */
export async function deleteComments(
  { rest, path, place, isFork }: CommentWay,
  comments: readonly Marked[],
  login: string | undefined,
): Promise<Problem[]> {
  const notes: Problem[] = []
  for (const { facts } of comments) {
    if (login === undefined || !isOwn(facts, login)) continue
    const { failure } = await rest.send('DELETE', `${path}/issues/comments/${facts.id}`, undefined)
    if (failure === undefined || failure.kind === 'not-found') continue
    notes.push(explainCommentFailure(failure, place, { isFork, done: 'deleted' }))
  }
  return notes
}
