import type { Problem } from './problem.js'

/** What the first line of a comment on a pull request tells: which comment it is, and what it was made of. */
export interface CommentMarker extends CommentSlot {
  /** The commit that it tells about. */
  readonly commitSha: string
  /** ISO 8601, when the run began that wrote it. */
  readonly startedAt: string
}

/** A pull request has one comment of each. */
export interface CommentSlot {
  /** Empty where the project has no name. */
  readonly project: string
  readonly environment: string
  /** `files`: of a command that opens no connection, so that validating never takes the place of a plan. */
  readonly about: 'files' | 'target'
}

/** A comment as it is to stand on a pull request. */
export interface PullRequestComment {
  readonly marker: CommentMarker
  /** Markdown that begins with the marker. */
  readonly body: string
  /** The body of a comment with a mark that its branch has moved on. */
  readonly outdated: (body: string, moved: Moved) => string
}

export interface Moved {
  /** The commit that the comment was made for, and the newest one of the branch. */
  readonly commitSha: string
  readonly headSha: string
}

/** The pull request that a job may comment on. */
export interface CommentPlace {
  /** `owner/name` */
  readonly repository: string
  readonly number: number
  /** The commit that the job is about. */
  readonly commitSha: string
}

/** How a comment takes the place of an earlier one: the same one is edited; or a new one is written, and the old one deleted. */
export type CommentMode = 'update' | 'recreate' | 'off'

export interface CommentResult {
  /** `left`: what is there is newer. `failed`: GitHub took nothing. */
  readonly state: 'created' | 'updated' | 'recreated' | 'left' | 'failed' | 'off'
  /** Of the comment that is there now. */
  readonly url?: string
  /** What somebody should know, or add to the workflow. No run fails for it. */
  readonly notes: readonly Problem[]
}
