/** The server cuts the name at this many bytes. */
const LONGEST = 63

/**
 * What others see of a run in `pg_stat_activity`: `devflow-migrate <run id> <owner/repository>` in a GitHub job.
 *
 * @param runUrl the URL of the run, where there is one
 */
export function applicationName(runUrl: string | undefined): string {
  const run = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(runUrl ?? '')
  return run ? `devflow-migrate ${run[2]} ${run[1]}`.slice(0, LONGEST) : 'devflow-migrate'
}

/**
 * The URL of the run that a name tells of. A name that may have been cut tells of none.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
export function runUrlOf(name: string, ownRunUrl: string | undefined): string | undefined {
  if (Buffer.byteLength(name) >= LONGEST) return undefined
  const run = /^devflow-migrate (\d+) ([\w.-]+\/[\w.-]+)$/.exec(name)
  const server = /^https?:\/\/[^/]+/.exec(ownRunUrl ?? '')?.[0] ?? 'https://github.com'
  return run ? `${server}/${run[2]}/actions/runs/${run[1]}` : undefined
}
