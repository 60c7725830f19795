import type { Reply } from './rest-failure.js'

/** The job of a GitHub workflow that this process is a step of, as its variables and its event tell. */
export interface GitHubJob {
  /** `owner/name` */
  readonly repository: string
  readonly runId: string
  readonly attempt: number
  readonly runUrl: string
  /** Who started the run, and who started this attempt of it. */
  readonly actors: readonly string[]
  readonly event: string
  /** The commit that is checked out by default. */
  readonly sha?: string
  /** The pull request that started it, with the newest commit of its branch then. */
  readonly pullRequest?: { readonly number: number; readonly headSha: string }
  /** Every plan of GitHub that this repository can be on has required reviewers; false where that is not known. */
  readonly offersReviewers: boolean
}

/** An account. `isBot`: an app, not a person. */
export interface Account {
  readonly login: string
  readonly isBot: boolean
}

/** A GitHub environment as it is configured now. */
export interface EnvironmentFacts {
  readonly id?: number
  /** It has a rule that requires reviewers; absent where it has none. `names`: `alice`, `team dba`. */
  readonly reviewers?: { readonly names: readonly string[]; readonly preventsSelfReview: boolean }
  /** It has a rule that only those plans of GitHub have that have required reviewers too. */
  readonly hasPaidRule: boolean
}

/** What somebody said when GitHub asked whether jobs may use environments. GitHub tells neither when nor which attempt. */
export interface EnvironmentReview {
  readonly state: 'approved' | 'rejected' | 'pending'
  readonly environments: readonly { readonly id?: number; readonly name: string }[]
  /** Absent where the account is gone. */
  readonly by?: Account
  readonly comment: string
}

/** A run as GitHub tells; what it leaves out is absent. */
export interface RunFacts {
  readonly attempt?: number
  readonly status?: string
  readonly event?: string
  readonly headSha?: string
  readonly actors: readonly string[]
  /** `true`: not public, so that required reviewers depend on the plan. */
  readonly isPrivate?: boolean
}

export interface PullRequestFacts {
  readonly number: number
  readonly url?: string
  readonly author?: string
  readonly headSha: string
  /** The commit that merging made, or the one GitHub tried it with. */
  readonly mergeSha?: string
  readonly isMerged: boolean
}

export interface CommentFacts {
  readonly id: number
  readonly by?: Account
  /** An app wrote it in the name of its author. */
  readonly byApp: boolean
  readonly body: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly url?: string
}

export interface ReviewFacts {
  readonly id: number
  readonly by?: Account
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  readonly commitSha?: string
  readonly submittedAt?: string
  readonly body: string
  readonly url?: string
}

/** What somebody may do in the repository. */
export type Right = 'admin' | 'write' | 'read' | 'none'

/** Where the facts that prove an approval are asked for. Each question is asked of GitHub anew. */
export interface ApprovalSource {
  readonly environment: (name: string) => Promise<Reply<EnvironmentFacts>>
  readonly environmentReviews: () => Promise<Reply<readonly EnvironmentReview[]>>
  readonly run: () => Promise<Reply<RunFacts>>
  readonly pullRequest: (number: number) => Promise<Reply<PullRequestFacts>>
  /** Those that brought the commit into a branch, and open ones that hold it. */
  readonly pullRequestsOf: (sha: string) => Promise<Reply<readonly PullRequestFacts[]>>
  readonly comments: (pullRequest: number) => Promise<Reply<readonly CommentFacts[]>>
  readonly reviews: (pullRequest: number) => Promise<Reply<readonly ReviewFacts[]>>
  /** `none` for who is no collaborator. */
  readonly rightOf: (login: string) => Promise<Reply<Right>>
  /** Fails with `not-found` where the team does not exist, or the token may not see it. */
  readonly team: (organisation: string, team: string) => Promise<Reply<true>>
  readonly isMember: (organisation: string, team: string, login: string) => Promise<Reply<boolean>>
}
