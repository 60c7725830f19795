import { mayConnect } from '../gate/may-connect.js'
import type { SecretAnswer, SecretsRequest } from '../model/secret-provider.js'
import { fetchSecrets } from '../secrets/fetch.js'

/**
 * Asks whoever keeps the secrets. Loaded late: most runs have theirs in the environment. In a job whose checkout may be a
 * stranger's nobody is asked, whatever is declared of its database: the file that says which secrets are wanted may be the
 * stranger's too.
 *
 * @param readEvent what GitHub tells of the event, at GITHUB_EVENT_PATH
 */
export async function askSecrets(
  request: SecretsRequest,
  readEvent: (path: string) => Promise<string | undefined>,
): Promise<readonly SecretAnswer[]> {
  const { variables, wanted } = request
  const [stranger] = mayConnect({
    isInJob: variables.GITHUB_ACTIONS === 'true',
    name: variables.GITHUB_EVENT_NAME,
    payload: parse(await readEvent(variables.GITHUB_EVENT_PATH ?? '')),
    repository: variables.GITHUB_REPOSITORY || undefined,
    ephemeral: 'no',
  })
  if (stranger === undefined) return fetchSecrets(request)
  const message = `No secret is asked for. ${stranger.message}`
  return wanted.map(({ variable }) => ({
    problem: {
      message,
      help: `Run validate there, which needs no database; or set ${variable} in the workflow.`,
    },
  }))
}

function parse(event: string | undefined): unknown {
  try {
    return JSON.parse(event ?? '')
  } catch {
    return undefined
  }
}
