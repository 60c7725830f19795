import { randomUUID } from 'node:crypto'
import { appendCommand } from './append-command.js'
import { appendSummary } from './append-summary.js'
import type { StepLog } from './step-log.js'

/** A finished report in the forms that GitHub takes. */
export interface Delivery {
  /** Every output of the action, on every path. */
  readonly outputs: Readonly<Record<string, string>>
  /** What the runner masks. */
  readonly masked: readonly string[]
  /** Rendered workflow commands, one line each, within GitHub's caps. */
  readonly annotations: readonly string[]
  /** Markdown within that many bytes. */
  readonly summary: (limitBytes: number) => string
  readonly exitCode: number
}

/**
 * Hands a report to GitHub: outputs, annotations, summary, exit code. One that fails does not keep back the
 * others, and is told in the log. Outputs that could not be set stay empty, so that a job gated on them waits.
 */
export async function deliver(
  { outputs, masked, annotations, summary, exitCode }: Delivery,
  env: Readonly<Record<string, string | undefined>>,
  log: StepLog,
): Promise<void> {
  process.exitCode = exitCode
  await setOutputs(outputs, log)
  warnOfMasks(outputs, masked, log)
  for (const annotation of annotations) log.command(annotation)
  const problem = await appendSummary(env.GITHUB_STEP_SUMMARY, summary)
  if (problem !== undefined) log.write(problem)
}

async function setOutputs(outputs: Readonly<Record<string, string>>, log: StepLog): Promise<void> {
  // Nobody can guess it, so no value can end itself and go on as another output.
  const end = `end_${randomUUID()}`
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}`)
  try {
    await appendCommand('GITHUB_OUTPUT', lines.join('\n'))
  } catch (error) {
    log.write(`The outputs were not set: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** GitHub leaves such an output out of what other jobs get, and says so nowhere near. */
function warnOfMasks(
  outputs: Readonly<Record<string, string>>,
  masked: readonly string[],
  log: StepLog,
): void {
  const lost = Object.entries(outputs).filter(([, value]) => masked.some((secret) => value.includes(secret)))
  for (const [name] of lost) {
    log.write(
      `The output ${name} happens to hold the password of the database, so GitHub does not pass it to other jobs. Choose a password that is no common word.`,
    )
  }
}
