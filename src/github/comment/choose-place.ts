import type { GitHubJob } from '../../model/approval-facts.js'
import type { CommentPlace } from '../../model/comment.js'

/**
 * The pull request that started the job, else the one that is named. A push has none: which one it was, GitHub can only
 * guess, and a comment on another one misleads whoever reads it.
 *
 * @param named a number that the workflow gives
 */
export function chooseCommentPlace(job: GitHubJob | undefined, named?: number): CommentPlace | undefined {
  if (job === undefined) return undefined
  const { repository, pullRequest, sha } = job
  if (pullRequest !== undefined && (named === undefined || named === pullRequest.number))
    return { repository, number: pullRequest.number, commitSha: pullRequest.headSha }
  if (named === undefined || sha === undefined || !Number.isSafeInteger(named) || named < 1) return undefined
  return { repository, number: named, commitSha: sha }
}
