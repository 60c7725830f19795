import type { Problem } from './problem.js';
/**
 * What is asked for before something is applied, chosen in the configuration: a required reviewer of a GitHub environment
 * · a comment on the pull request that holds the plan's hash · a review by a team on the very commit · a confirmation,
 * which nobody reviews.
 */
export type ApprovalKind = 'github-environment' | 'comment' | 'review' | 'confirmation';
/** What the configuration says of an environment with `require_approval: true`. */
export interface ApprovalPolicy {
    readonly kind: ApprovalKind;
    /** Whose required reviewers count. */
    readonly githubEnvironment: string;
    /** `refused`: who started the run, or wrote the pull request, may not approve it. */
    readonly selfApproval: 'allowed' | 'refused';
    /**
     * GitHub does not tell which attempt of a run an approval was for. A later attempt may: go on with the plan that an
     * earlier one began, or that the approval names by its hash (`continue`); use the approval whatever it was for
     * (`accept`); apply nothing (`refuse`).
     */
    readonly rerun: 'continue' | 'accept' | 'refuse';
    /** Whose reviews count: `team`, of the repository's owner, or `organisation/team`. Only for `review`. */
    readonly team?: string;
}
/** Who let it be applied, as it is recorded and shown. */
export interface Approval {
    readonly kind: ApprovalKind;
    /** A login; for a confirmation who ran it. */
    readonly by: string;
    /** ISO 8601. Absent for a GitHub environment: the API does not tell. */
    readonly at?: string;
    /** What the approver wrote, cut. Foreign text. */
    readonly comment?: string;
    /** Where it can be looked up. */
    readonly url?: string;
    /** What it is, in words that claim no more than was proven: `a required reviewer of the GitHub environment production`. */
    readonly as: string;
}
/** It may be applied. */
export interface Permission {
    readonly approval: Approval;
    /** Worth knowing about it. */
    readonly notes: readonly string[];
    /**
     * It holds only for this plan's hash, and only if the history shows that an earlier attempt of this run began that very
     * plan: see `gate/judge-continuation.ts`, which must be asked before anything is applied.
     */
    readonly onlyContinuing?: string;
}
/** It may not be applied. */
export interface Refusal extends Problem {
    readonly reason: RefusalReason;
    /** Lines to add to a workflow, as they stand there. */
    readonly lines?: string;
}
export type RefusalReason = 'no-job' | 'no-token' | 'token-refused' | 'permission-missing' | 'unreachable' | 'rate-limited' | 'unreadable' | 'run-not-found' | 'run-mismatch' | 'rerun' | 'environment-missing' | 'no-reviewers' | 'reviewers-not-offered' | 'not-approved' | 'rejected' | 'approved-by-bot' | 'self-approved' | 'no-plan-hash' | 'no-pull-request' | 'pull-request-moved' | 'no-comment' | 'comment-edited' | 'no-write-access' | 'objected' | 'no-team' | 'team-missing' | 'not-reviewed' | 'reviewed-other-commit' | 'not-in-team' | 'not-confirmed' | 'wrong-confirmation';
