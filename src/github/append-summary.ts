import { appendFile, stat } from 'node:fs/promises'

/** GitHub drops the whole summary of a step above 1 MiB, in bytes. */
const hardLimit = 1_048_576
const ourLimit = 1_000_000

/**
 * Appends to the job summary of this step, into what room earlier commands of the step left. `render` gets that
 * room in bytes. Returns what went wrong in a sentence, or nothing: a summary is never worth failing a run for.
 */
export async function appendSummary(
  path: string | undefined,
  render: (limitBytes: number) => string,
): Promise<string | undefined> {
  if (path === undefined || path === '')
    return 'The job summary was not written: GITHUB_STEP_SUMMARY is not set.'
  try {
    const { size } = await stat(path)
    const text = render(Math.min(ourLimit, hardLimit - size))
    if (size + Buffer.byteLength(text) > hardLimit) {
      return 'The job summary was not written: what this step wrote before leaves no room under 1 MiB.'
    }
    await appendFile(path, text)
    return undefined
  } catch (error) {
    return `The job summary was not written: ${error instanceof Error ? error.message : String(error)}`
  }
}
