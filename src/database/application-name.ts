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
 * The URL of the run that a name tells of; its number where the name was cut within the repository's, and nobody can tell
 * which that is. Nearly always it is that of the run that asks.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
export function runUrlOf(name: string, ownRunUrl: string | undefined): string | undefined {
  const [, id, said = ''] = /^devflow-migrate (\d+) ([\w.-]+(?:\/[\w.-]*)?)$/.exec(name) ?? []
  if (id === undefined) return undefined
  const [, server = 'https://github.com', own = ''] =
    /^(https?:\/\/[^/]+)(?:\/([^/]+\/[^/]+)\/)?/.exec(ownRunUrl ?? '') ?? []
  const url = (repository: string) => `${server}/${repository}/actions/runs/${id}`
  if (Buffer.byteLength(name) < LONGEST) return /\/./.test(said) ? url(said) : undefined
  return own.startsWith(said) ? url(own) : `run ${id}`
}
