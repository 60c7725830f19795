import type { RunFacts } from '../model/approval-facts.js'
import type { Refusal } from '../model/permission.js'
import type { AskedInJob } from './asked.js'
import { refuse } from './refuse.js'

/** Events whose run has the very commit that its jobs get. A pull request's jobs get one that was made for the trial. */
const SAME_COMMIT: readonly string[] = ['push', 'workflow_dispatch', 'schedule']

/** Whether the run that GitHub tells of is the one that this job is of. What GitHub leaves out is not compared. */
export function judgeRun({ job }: AskedInJob, run: RunFacts): Refusal | undefined {
  const { event, attempt, sha } = job
  if (run.status === 'completed') return mismatch(job.runId, 'has ended')
  if (run.attempt !== undefined && run.attempt !== attempt)
    return mismatch(job.runId, `is at attempt ${run.attempt}, and this job is of attempt ${attempt}`)
  if (run.event !== undefined && run.event !== event)
    return mismatch(job.runId, `was started by ${run.event}, and this job by ${event}`)
  if (SAME_COMMIT.includes(event) && run.headSha !== undefined && run.headSha !== sha)
    return mismatch(job.runId, `is of commit ${run.headSha}, and this job of ${sha ?? 'none'}`)
  return undefined
}

function mismatch(runId: string, what: string): Refusal {
  return refuse(
    'run-mismatch',
    `Run ${runId} ${what}, so its approval is none for this job.`,
    'Start a new run, and leave the variables GITHUB_… as the runner sets them.',
  )
}
