import type { Reply } from '../../model/rest-failure.js'
import type { CommentWay } from './comment-way.js'

/** Gives a comment that is there another body. */
export function patchComment(
  { rest, path }: CommentWay,
  { facts }: { readonly facts: { readonly id: number } },
  body: string,
): Promise<Reply<unknown>> {
  return rest.send('PATCH', `${path}/issues/comments/${facts.id}`, { body })
}
