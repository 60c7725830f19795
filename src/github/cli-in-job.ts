import { appendSummary } from './append-summary.js'
import type { StepLog } from './step-log.js'

/** Whether the command line runs in a step of a GitHub job. */
export function isInJob(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.GITHUB_ACTIONS === 'true'
}

/**
 * What the command line leaves in a GitHub job: annotations, as commands on the stream that `log` writes to
 * (standard error, since standard output belongs to `--json`), and the job summary. Does not load the toolkit,
 * which would double the start-up. Never throws for what is missing around it.
 */
export async function deliverInJob(
  annotations: readonly string[],
  summary: (limitBytes: number) => string,
  env: Readonly<Record<string, string | undefined>>,
  log: StepLog,
): Promise<void> {
  for (const annotation of annotations) log.command(annotation)
  const problem = await appendSummary(env.GITHUB_STEP_SUMMARY, summary)
  if (problem !== undefined) log.write(problem)
}
