import type { GitHubJob } from '../model/approval-facts.js'
import type { ApprovalPolicy } from '../model/permission.js'

/** What an approval is asked for, and by whom. */
export interface Asked {
  /** As in devflow.yml. */
  readonly environment: string
  readonly policy: ApprovalPolicy
  readonly entry: 'action' | 'cli'
  /** Who runs it, for a confirmation. */
  readonly actor: string
  /** Absent outside a GitHub job. */
  readonly job?: GitHubJob
  /** `expected-plan-hash`: the plan that is applied, or nothing is. */
  readonly planHash?: string
  readonly confirmation: {
    /** CONFIRM_PRODUCTION_MIGRATION=true */
    readonly byVariable: boolean
    /** The input `confirm`. */
    readonly typed?: string
  }
}

/** As it is asked of GitHub. */
export interface AskedInJob extends Asked {
  readonly job: GitHubJob
}
