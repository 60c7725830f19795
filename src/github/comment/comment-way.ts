import type { CommentPlace, PullRequestComment } from '../../model/comment.js'
import type { Rest } from '../rest.js'

/** What is needed to write on a pull request. */
export interface CommentWay {
  readonly rest: Rest
  /** `/repos/owner/name` */
  readonly path: string
  readonly place: CommentPlace
  readonly comment: PullRequestComment
  /** The pull request is of a fork. */
  readonly isFork: boolean
}
